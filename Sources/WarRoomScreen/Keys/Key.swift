/// A key press as a person means it, after the terminal's bytes have been read.
package enum Key: Hashable, Sendable {
    /// A key that gives one character.
    case character(Character)
    case enter, escape, tab, backTab, backspace, delete
    case up, down, left, right
    case pageUp, pageDown, home, end
    /// A function key, from 1.
    case function(Int)
    /// With Ctrl held: `.control("c")`.
    case control(Character)
    /// Text pasted at once.
    case paste(String)
    /// Text pasted at once that is too long for anything: how many bytes it had.
    case overlongPaste(bytes: Int)
    /// A click or a turn of the wheel, at a column and a row from 0.
    case click(column: Int, row: Int)
    case wheelUp(column: Int, row: Int)
    case wheelDown(column: Int, row: Int)

    /// The key as people write it.
    var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Delete"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .home: "Home"
        case .end: "End"
        case .function(let number): "F\(number)"
        case .control(let character): "Ctrl-\(String(character).uppercased())"
        case .paste, .overlongPaste: "paste"
        case .click: "click"
        case .wheelUp, .wheelDown: "wheel"
        }
    }
}
