/// What a person says of the characters to be shown.
package enum GlyphChoice: String, CaseIterable, Sendable {
    /// Signs of UTF-8, whatever the locale and the terminal say.
    case utf8
    /// Nothing but ASCII.
    case ascii
}
