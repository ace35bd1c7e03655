/// The few words of English that titles of steps begin with.
enum Verbs {
    /// What a title begins with where it says what to do: "Patch", "Turn off alerting".
    private static let known: Set<String> = [
        "add", "announce", "apply", "approve", "back", "build", "check", "clean", "close", "configure", "confirm",
        "copy", "deploy", "disable", "drain", "enable", "end", "failover", "finish", "fix", "import", "inform",
        "install", "make", "migrate", "move", "mute", "notify", "open", "patch", "pause", "post", "prepare", "pull",
        "put", "read", "reboot", "recycle", "release", "remove", "replace", "reschedule", "restart", "restore",
        "resume", "review", "roll", "rotate", "run", "send", "set", "shut", "start", "stop", "switch", "take", "tell",
        "test", "turn", "unmute", "update", "upgrade", "validate", "verify", "wait", "warm", "watch",
    ]
    /// Those whose last letter is doubled before "ing".
    private static let doubling: Set<String> = ["put", "run", "set", "shut", "stop"]

    /// A title as an order and as what is being done, "turn off alerting" and "turning off alerting"; `nil`: it does
    /// not begin with a verb that has its object behind it.
    static func split(_ title: String) -> (order: String, doing: String)? {
        guard let end = title.firstIndex(of: " ") else { return nil }
        let verb = title[..<end].lowercased()
        guard known.contains(verb) else { return nil }
        return (verb + title[end...], gerund(verb) + title[end...])
    }

    /// "patching" of "patch".
    private static func gerund(_ verb: String) -> String {
        if doubling.contains(verb) { return verb + String(verb.suffix(1)) + "ing" }
        return (verb.hasSuffix("e") && !verb.hasSuffix("ee") ? String(verb.dropLast()) : verb) + "ing"
    }
}
