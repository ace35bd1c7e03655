/// Letters as shapes, for what a call must be able to read: headlines, clocks, counts. Each is five pixels high. Two
/// pixels stand one above the other in a cell, so that a line of letters takes three rows.
enum Letters {
    /// How tall letters are: by half blocks, or each pixel two whole cells wide.
    enum Scale { case half, whole }

    /// Text in three rows, or in five of twice the width. Small letters are drawn as capitals, and what is no ASCII as
    /// a question mark. `lowered`: in half blocks, whether the blank half row stands above instead of below.
    static func rows(_ text: String, _ glyphs: GlyphSet, scale: Scale = .half, lowered: Bool = false) -> [String] {
        var pixels = Array(repeating: "", count: 5)
        for letter in text.unicodeScalars {
            let shape = shape(of: letter)
            for row in 0..<5 { pixels[row] += (pixels[row].isEmpty ? "" : ".") + shape[row] }
        }
        return scale == .half ? half(lowered ? [""] + pixels : pixels) : whole(pixels, glyphs)
    }

    /// How many cells the text is wide in half blocks.
    static func width(of text: String) -> Int {
        max(text.unicodeScalars.reduce(-1) { $0 + shape(of: $1)[0].utf8.count + 1 }, 0)
    }

    /// Rows of pixels, two of them in each row of cells.
    static func half(_ pixels: [String]) -> [String] {
        stride(from: 0, to: pixels.count, by: 2).map { row in
            let (upper, lower) = (Array(pixels[row].utf8), row + 1 < pixels.count ? Array(pixels[row + 1].utf8) : [])
            return (0..<max(upper.count, lower.count)).map { column in
                func isSet(_ pixels: [UInt8]) -> Bool { column < pixels.count && pixels[column] == UInt8(ascii: "#") }
                return isSet(upper) ? (isSet(lower) ? "█" : "▀") : isSet(lower) ? "▄" : " "
            }.joined()
        }
    }

    /// Rows of pixels, each pixel two cells wide.
    static func whole(_ pixels: [String], _ glyphs: GlyphSet) -> [String] {
        let block = glyphs == .unicode ? "██" : "##"
        return pixels.map { row in row.utf8.map { $0 == UInt8(ascii: "#") ? block : "  " }.joined() }
    }

    private static func shape(of letter: Unicode.Scalar) -> [Substring] {
        let isSmall = letter.value >= 0x61 && letter.value <= 0x7A
        let capital = isSmall ? Unicode.Scalar(UInt8(letter.value) - 0x20) : letter
        return pixels(of: capital).split(separator: " ")
    }

    /// The five rows of a letter from top to bottom.
    private static func pixels(of letter: Unicode.Scalar) -> String {
        switch letter {
        case " ": ".. .. .. .. .."
        case "!": "# # # . #"
        case "\"": "#.# #.# ... ... ..."
        case "#": ".#.#. ##### .#.#. ##### .#.#."
        case "$": ".## ##. .#. .## ##."
        case "%": "#.# ..# .#. #.. #.#"
        case "&": ".#.. #.#. .#.. #.## .##."
        case "'": "# # . . ."
        case "(": ".# #. #. #. .#"
        case ")": "#. .# .# .# #."
        case "*": "... #.# .#. #.# ..."
        case "+": "... .#. ### .#. ..."
        case ",": ".. .. .. .# #."
        case "-": "... ... ### ... ..."
        case ".": ". . . . #"
        case "/": "..# ..# .#. #.. #.."
        case "0": "### #.# #.# #.# ###"
        case "1": ".#. ##. .#. .#. ###"
        case "2": "### ..# ### #.. ###"
        case "3": "### ..# ### ..# ###"
        case "4": "#.# #.# ### ..# ..#"
        case "5": "### #.. ### ..# ###"
        case "6": "### #.. ### #.# ###"
        case "7": "### ..# ..# ..# ..#"
        case "8": "### #.# ### #.# ###"
        case "9": "### #.# ### ..# ###"
        case ":": ". # . # ."
        case ";": ".. .# .. .# #."
        case "<": "..# .#. #.. .#. ..#"
        case "=": "... ### ... ### ..."
        case ">": "#.. .#. ..# .#. #.."
        case "?": "### ..# .## ... .#."
        case "@": "#### #..# #.## #... ####"
        case "A": "### #.# ### #.# #.#"
        case "B": "##. #.# ##. #.# ##."
        case "C": "### #.. #.. #.. ###"
        case "D": "##. #.# #.# #.# ##."
        case "E": "### #.. ##. #.. ###"
        case "F": "### #.. ##. #.. #.."
        case "G": "#### #... #.## #..# ####"
        case "H": "#.# #.# ### #.# #.#"
        case "I": "# # # # #"
        case "J": "..# ..# ..# #.# ###"
        case "K": "#.# #.# ##. #.# #.#"
        case "L": "#.. #.. #.. #.. ###"
        case "M": "#...# ##.## #.#.# #...# #...#"
        case "N": "#..# ##.# #.## #..# #..#"
        case "O": "### #.# #.# #.# ###"
        case "P": "### #.# ### #.. #.."
        case "Q": "#### #..# #..# #.## ####"
        case "R": "###. #..# ###. #.#. #..#"
        // Round, so that it is not taken for a 5.
        case "S": ".## #.. ### ..# ##."
        case "T": "### .#. .#. .#. .#."
        case "U": "#.# #.# #.# #.# ###"
        case "V": "#.# #.# #.# #.# .#."
        case "W": "#...# #...# #.#.# ##.## #...#"
        case "X": "#.# #.# .#. #.# #.#"
        case "Y": "#.# #.# ### .#. .#."
        case "Z": "### ..# .#. #.. ###"
        case "[": "## #. #. #. ##"
        case "\\": "#.. #.. .#. ..# ..#"
        case "]": "## .# .# .# ##"
        case "^": ".#. #.# ... ... ..."
        case "_": "... ... ... ... ###"
        case "`": "#. .# .. .. .."
        case "{": ".## .#. ##. .#. .##"
        case "|": "# # # # #"
        case "}": "##. .#. .## .#. ##."
        case "~": ".... .#.# #.#. .... ...."
        default: "### ..# .## ... .#."
        }
    }
}
