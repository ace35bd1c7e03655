import WarRoomCore

/// Something that is about to be sent, and what a person must have seen before it is.
struct Draft: Equatable, Sendable {
    /// One line of what follows from it.
    struct Fact: Equatable {
        let face: Face?
        let text: String
        /// What the line tells, in a word or two before it; `nil`: it speaks for itself.
        let label: String?

        init(_ text: String, _ face: Face? = nil, label: String? = nil) {
            (self.text, self.face, self.label) = (text, face, label)
        }
    }

    /// What a text field asks for before it can be sent.
    enum Question: Equatable {
        /// A word of why. The field is called by the label; `nil`: by what is done, and why.
        case why(label: String?)
        /// The words themselves that are sent.
        case what(label: String)
        /// To whom something is offered.
        case whom(label: String)
        /// Who has told what was heard.
        case from(label: String)

        /// What is said where the answer is blank.
        var missing: String {
            switch self {
            case .why: "this needs a word of why"
            case .what: "this needs words"
            case .whom, .from: "this needs a name"
            }
        }
    }

    /// What is sent.
    var proposal: Proposal
    /// What it still lacks; `nil` where it can be sent.
    var asks: Question?
    /// What it lacks once that is answered.
    var thenAsks: Question?
    /// What is done and to what, for the confirmation and the answer: `approve gate before-finish`.
    var words: String
    /// What is asked before it is sent, where that is shorter: `approve gate before-finish`.
    var asked: String?
    /// What is done, in one word for the key that does it: `approve`.
    var verb: String
    /// What follows, shown for an explicit yes; empty where the key itself is enough.
    var follows: [Fact] = []
    /// What may be sent in its place, offered beside the yes.
    var instead: [Menu.Choice] = []

    init(
        _ subject: String, _ body: EventBody, asks: Question? = nil, words: String, verb: String = "yes, send it",
        follows: [Fact] = []
    ) {
        proposal = Proposal(subject, body)
        (self.asks, self.words, self.verb, self.follows) = (asks, words, verb, follows)
    }
}
