package import WarRoomCore

// The JSON Schema (draft 2020-12) of the format. Editors use it. The reader itself is stricter, because a schema cannot
// follow references.
extension RunbookFormat {
    /// The schema as a document.
    package static func jsonSchema() -> JSON {
        var schema = object(of: .runbook)
        schema["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        schema["title"] = .string("Runbook of a war room")
        var definitions = JSON.Object()
        for name in SectionName.allCases where name != .runbook {
            definitions[name.rawValue] = .object(object(of: name))
        }
        schema["$defs"] = .object(definitions)
        return .object(schema)
    }

    /// The schema as the text of docs/runbook.schema.json: indented, keys sorted.
    package static func jsonSchemaText() -> String { text(jsonSchema(), indent: "") + "\n" }

    private static func object(of name: SectionName) -> JSON.Object {
        let section = section(name)
        let required = section.keys.filter(\.isRequired).map(\.name)
        var object = JSON.Object()
        // A section in which nothing is required may be left empty: `sre:`.
        object["type"] = required.isEmpty && section.oneOf.isEmpty ? .texts(["object", "null"]) : .string("object")
        object["description"] = .string(section.description)
        var properties = JSON.Object()
        for key in section.keys { properties[key.name] = schema(of: key.shape, described: key.description) }
        object["properties"] = .object(properties)
        object["patternProperties"] = .object(["^x-": .bool(true)])
        object["additionalProperties"] = .bool(false)
        if !required.isEmpty { object["required"] = .texts(required) }
        if !section.oneOf.isEmpty {
            object["oneOf"] = .array(section.oneOf.map { .object(["required": .texts([$0])]) })
        }
        if let decider = section.decidedBy { object["allOf"] = .array(section.variants.map { rule($0, decider) }) }
        return object
    }

    /// If the deciding key has the word, these keys are required and those are not taken.
    private static func rule(_ variant: Variant, _ decider: String) -> JSON {
        var refused = JSON.Object()
        for key in variant.refuses { refused[key] = .bool(false) }
        return .object([
            "if": .object([
                "properties": .object([decider: .object(["const": .string(variant.word)])]),
                "required": .texts([decider]),
            ]),
            "then": .object(["required": .texts(variant.needs), "properties": .object(refused)]),
        ])
    }

    private static func schema(of shape: Shape, described description: String?) -> JSON {
        var schema = JSON.Object()
        switch shape {
        case .text, .name:
            // A YAML editor takes `2025` and `no` for something else than a text, which the reader does not.
            schema["type"] = .texts(["string", "number", "boolean"])
            schema["maxLength"] = .number(Ranges.longestText)
        case .id: schema = pattern("^[a-z0-9][a-z0-9-]*$")
        case .date: schema = pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        case .time:
            schema = pattern(
                "^([A-Za-z]{3,9} +[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( +[^ (][^ ]*)?( +\\((first|second)\\))?"
                    + "|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].+)$")
        case .notation(let notation): schema = pattern(notation.pattern)
        case .word(let words, _): schema["enum"] = .texts(words)
        case .number(let least):
            schema["type"] = .string("integer")
            schema["minimum"] = .number(least)
            schema["maximum"] = .number(Ranges.counts.upperBound)
        case .duration:
            schema = pattern("^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$")
        case .list(let element):
            schema["type"] = .texts(["array", "null"])
            schema["maxItems"] = .number(Ranges.longestList)
            schema["items"] = self.schema(of: element, described: nil)
        case .listOr(let element, let name):
            schema["anyOf"] = .array([
                self.schema(of: .list(element), described: nil), self.schema(of: .section(name), described: nil),
            ])
        case .table(let naming, let element):
            schema["type"] = .texts(["object", "null"])
            schema["additionalProperties"] = self.schema(of: element, described: nil)
            if let pattern = pattern(of: naming) { schema["propertyNames"] = .object(["pattern": .string(pattern)]) }
        case .section(let name): schema["$ref"] = .string("#/$defs/\(name.rawValue)")
        }
        if let description { schema["description"] = .string(description) }
        return .object(schema)
    }

    private static func pattern(_ pattern: String) -> JSON.Object {
        var schema = JSON.Object()
        schema["type"] = .string("string")
        schema["pattern"] = .string(pattern)
        return schema
    }

    private static func pattern(of naming: Naming) -> String? {
        switch naming {
        case .id: "^[a-z0-9][a-z0-9-]*$"
        case .server: "^[^@/][^/]*$"
        case .role: Notation.role.pattern
        case .name: nil
        }
    }

    private static func text(_ value: JSON, indent: String) -> String {
        let inner = indent + "  "
        switch value {
        case .object(let object) where !object.members.isEmpty:
            let lines = object.members.map { "\(inner)\(JSON.string($0.key).line): \(text($0.value, indent: inner))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        case .array(let elements) where elements.contains { $0.object != nil }:
            let lines = elements.map { inner + text($0, indent: inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        default: return value.line
        }
    }
}
