/// One place on the screen, with what stands there. It is eight bytes that refer to nothing, so that a whole screen is
/// kept, copied and compared as memory is.
package struct Cell: Equatable, Sendable {
    /// What is drawn, without its marks; a blank where there is nothing.
    package internal(set) var letter: Unicode.Scalar
    /// What it means, by which a theme chooses its look.
    package internal(set) var role: TextRole
    /// Whether this is the right half of a wide character, where nothing is drawn.
    package internal(set) var isSecondHalf = false
    /// How many marks are drawn onto the letter; the canvas has them. With this all eight bytes say something, so that
    /// cells are the same where their bytes are.
    var marks: UInt16 = 0

    /// Whether marks are drawn onto the letter.
    package var isMarked: Bool { marks > 0 }

    init(_ letter: Unicode.Scalar, _ role: TextRole) { (self.letter, self.role) = (letter, role) }

    static let blank = Cell(" ", .plain)
}
