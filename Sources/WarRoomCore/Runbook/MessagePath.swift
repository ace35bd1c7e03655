extension Runbook {
    /// `step/channel`: the subject of a message.
    package struct MessagePath: Hashable, Sendable {
        package var step: String
        /// `nil` where the step alone is written.
        package var channel: String?

        /// Reads `step/channel`, or a step alone.
        package init(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
            step = parts.first ?? text
            channel = parts.count > 1 ? parts[1] : nil
        }
    }
}
