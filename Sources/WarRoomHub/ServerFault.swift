/// Why the hub cannot listen, in a sentence that says what to do next.
package struct ServerFault: Error, Hashable, Sendable {
    /// The reason, for people.
    package let sentence: String

    /// A fault with this sentence.
    init(_ sentence: String) { self.sentence = sentence }
}
