extension Runbook {
    /// `step/channel`: the subject of a message.
    package struct MessagePath: Hashable, Sendable {
        /// The step whose message it is, by id.
        package var step: String
        /// The channel, verbatim; `nil` where the step alone is written.
        package var channel: String?

        /// Reads `step/channel`, or a step alone.
        package init(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
            step = parts.first ?? text
            channel = parts.count > 1 ? parts[1] : nil
        }
    }
}
