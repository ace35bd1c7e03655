/// Why the hub cannot listen, in a sentence that says what to do next.
package struct ServerFault: Error, Hashable, Sendable {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }
}
