package import Glibc

/// Folders of our own, as both programs use them: they are listed, and removed whole.
package enum FolderTree {
    /// Makes a folder with a mode, whatever the umask, and those around it for us alone. Those that are there already
    /// keep their own. What cannot be made is complained of when it is used.
    package static func make(_ path: String, mode: mode_t) {
        let parts = path.split(separator: "/")
        var made = path.hasPrefix("/") ? "" : "."
        for (place, part) in parts.enumerated() {
            made += "/\(part)"
            if mkdir(made, 0o700) == 0 { chmod(made, place == parts.count - 1 ? mode : 0o700) }
        }
    }

    /// The mode of a state folder: tools reach the folders of sources below it, and nobody lists it.
    package static let stateMode: mode_t = 0o711

    /// The names in a folder, sorted; none where it cannot be read.
    package static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file, or a folder with all that is in it; a link is removed, never followed.
    package static func remove(_ path: String) {
        if unlink(path) == 0 || errno == ENOENT { return }
        for name in names(in: path) { remove("\(path)/\(name)") }
        rmdir(path)
    }
}
