import WarRoomCore

/// Something that is about to be sent, and what a person must have seen before it is.
struct Draft: Equatable {
    /// One line of what follows from it.
    struct Fact: Equatable {
        let face: Face?
        let text: String

        init(_ text: String, _ face: Face? = nil) {
            self.text = text
            self.face = face
        }
    }

    let type: String
    var subject: String
    var data: JSON.Object
    /// The field that takes the written reason; `nil` where none is asked.
    var reason: String?
    /// What the text field is called that asks for it; `nil`: why, and what is done.
    var asks: String?
    /// Whether the written text is a name, and what the event is about, instead of a reason.
    var isAbout = false
    /// What is done and to what, for the confirmation and the answer: `approve gate before-finish`.
    var words: String
    /// What follows, shown for an explicit yes; empty where the key itself is enough.
    var follows: [Fact] = []
}
