import Glibc
package import WarRoomScreen
import WarRoomSystem

/// Where a screen's theme comes from: a file, or a name, which is built in unless a file of the person's own overrides
/// it. The file is looked at again while the screen runs.
package struct ThemeSource: Sendable {
    /// Why there is no such theme; a sentence for the person.
    package struct Trouble: Error, Equatable, Sendable {
        /// The reason, with the file and its line where there are such.
        package let sentence: String
    }

    /// The theme as it was asked for.
    package let wanted: String
    /// Whether it is the one that follows the terminal's ground.
    package let follows: Bool
    /// What the theme is called: the wanted one, or the one for the ground.
    package private(set) var name: String
    /// The file that is looked at; `nil` where the environment names no place for one.
    private(set) var path: String?
    private let isFile: Bool
    private var stamp: Stamp?

    /// What tells that a file is another one than before.
    private struct Stamp: Equatable {
        let inode: UInt
        let size: Int
        let seconds: Int
        let nanoseconds: Int
    }

    /// A theme by its name, or by the path of its file, which contains a slash or ends in `.theme`. `auto` is the
    /// built-in one for a ground of that shade.
    package init(_ wanted: String, on shade: Shade) {
        self.wanted = wanted
        follows = wanted == Theme.auto
        name = follows ? shade.theme : wanted
        isFile = wanted.contains("/") || wanted.hasSuffix(".theme")
        path = isFile ? wanted : ThemeSource.path(of: name)
    }

    private static func path(of name: String) -> String? { folder.map { "\($0)/\(name).theme" } }

    /// Takes another shade of the ground; false where the theme stays as it is.
    mutating func follow(_ shade: Shade) -> Bool {
        guard follows, shade.theme != name else { return false }
        (name, path) = (shade.theme, ThemeSource.path(of: shade.theme))
        return true
    }

    /// `$XDG_CONFIG_HOME/warroom/themes`, or what stands for it.
    private static var folder: String? {
        func variable(_ name: String) -> String? {
            guard let value = getenv(name), value.pointee == UInt8(ascii: "/") else { return nil }
            return String(cString: value)
        }
        return (variable("XDG_CONFIG_HOME") ?? variable("HOME").map { $0 + "/.config" }).map { $0 + "/warroom/themes" }
    }

    /// Reads the theme. Throws ``Trouble``.
    package mutating func load() throws(Trouble) -> Theme {
        stamp = look()
        guard let path, stamp != nil else {
            if isFile { throw Trouble(sentence: "there is no theme file \(wanted)") }
            if let theme = Theme.named(name) { return theme }
            let names = Theme.choices.joined(separator: ", ")
            throw Trouble(sentence: "there is no theme '\(wanted)': choose \(names), or write a file (docs/themes.md)")
        }
        let text = try ThemeSource.read(path)
        do throws(ThemeFault) { return try Theme(name: name, text: text) } catch {
            throw Trouble(sentence: "\(path):\(error.line): \(error.reason)")
        }
    }

    /// What is to be told of a theme that was read here and is used all the same; `nil` where nothing is.
    package func notice(of theme: Theme) -> String? {
        guard let first = theme.unknown.first else { return nil }
        let others = theme.unknown.count - 1
        let more = others == 0 ? "" : others == 1 ? ", as is 1 more" : ", as are \(others) more"
        return "\(path ?? wanted):\(first.line): '\(first.name)' is no role and is left out\(more)"
    }

    /// The theme anew, where its file is another one than when it was last read; `nil` where it is not.
    mutating func news() -> Result<Theme, Trouble>? {
        guard look() != stamp else { return nil }
        do throws(Trouble) { return .success(try load()) } catch { return .failure(error) }
    }

    private func look() -> Stamp? {
        var status = stat()
        guard let path, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Stamp(
            inode: UInt(status.st_ino), size: Int(status.st_size), seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec)
    }

    private static func read(_ path: String) throws(Trouble) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw Trouble(sentence: "\(path): \(systemText(errno))") }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: Theme.longestText + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes[count...].withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            guard got > 0 else { break }
            count += got
        }
        guard count <= Theme.longestText else { throw Trouble(sentence: "\(path): this is too long for a theme") }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
