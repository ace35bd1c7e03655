/// A bridge as a row of JSON tokens: what a hub sends to a terminal.
extension Bridge {
    /// The tokens in parts of no more than so many bytes, each with commas between its tokens.
    package func tokens(most: Int) -> [[UInt8]] {
        var writer = PositionalWriter(most: most)
        write(to: &writer)
        return writer.parts
    }

    /// A bridge from all its tokens with commas between them. Throws an error that says which token is wrong.
    package init(tokens: [UInt8]) throws {
        self = try PositionalReader.read(tokens)
    }
}
