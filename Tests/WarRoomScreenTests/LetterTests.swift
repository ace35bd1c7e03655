import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("Letters as shapes")
struct LetterTests {
    private static let printable = (0x20...0x7E).map { Character(Unicode.Scalar(UInt8($0))) }

    /// Its pixels, each two cells wide.
    private static func shape(_ letter: Character) -> [String] {
        Letters.rows(String(letter), .ascii, scale: .whole)
    }

    @Test("every printable ASCII character has a shape of five rows of one width")
    func whole() {
        for letter in Self.printable {
            let rows = Self.shape(letter)
            #expect(rows.count == 5 && Set(rows.map(\.count)).count == 1, "\(letter): \(rows)")
            #expect(rows[0].count == 2 * Letters.width(of: String(letter)), "\(letter)")
            #expect(letter == " " || rows.contains { $0.contains("#") }, "\(letter) is blank")
            let half = Letters.rows(String(letter), .unicode)
            #expect(half.count == 3 && half.allSatisfy { $0.count == Letters.width(of: String(letter)) }, "\(letter)")
        }
    }

    /// A zero in a count and an O in a word are the same shape: what stands beside them tells which. All others differ,
    /// so that a name like IC-Web5 or S2 is read right.
    @Test("no two letters or digits have the same shape, but O and 0")
    func different() {
        var seen: [[String]: Character] = [:]
        for letter in Self.printable where letter.isNumber || letter.isUppercase {
            let shape = Self.shape(letter)
            if let other = seen[shape] {
                #expect(Set([other, letter]) == ["O", "0"], "\(letter) looks like \(other)")
            }
            seen[shape] = letter
        }
        #expect(seen.count == 35)
    }

    @Test("small letters are capitals, what is no ASCII is a question mark, and no text has no width")
    func others() {
        for letter in Self.printable where letter.isLowercase {
            #expect(Self.shape(letter) == Self.shape(Character(letter.uppercased())), "\(letter)")
        }
        for text in ["é", "作", "→"] { #expect(Self.shape(Character(text)) == Self.shape("?"), "\(text)") }
        #expect(Letters.width(of: "") == 0)
        #expect(Letters.rows("", .unicode) == ["", "", ""])
    }

    @Test("there is no headline below 100 columns and none without UTF-8, and then the sentence stands there")
    func headline() throws {
        for scene in Scene.allCases {
            for isPresenting in [false, true] {
                let view = ViewState(isPresenting: isPresenting)
                for (columns, rows) in [(80, 24), (99, 40), (100, 30), (120, 35), (160, 45), (200, 50), (300, 80)] {
                    let size = Size(columns: columns, rows: rows)
                    for glyphs in GlyphSet.allCases {
                        let canvas = Screen.draw(try scene.sight(view: view, glyphs: glyphs), size: size)
                        let blocks = StandingTests.band(canvas).reduce(0) { count, row in
                            count
                                + (16..<size.columns).count {
                                    "█▀▄".contains(canvas[$0, row].glyph) && StandingTests.isBand(canvas[$0, row].role)
                                }
                        }
                        let what = "\(scene) \(size), presenter \(isPresenting), \(glyphs)"
                        if glyphs == .ascii || columns < 100 { #expect(blocks == 0, "\(what)") }
                        // Work has one where its name is short enough.
                        if glyphs == .unicode, isPresenting ? columns >= 160 : columns >= 200, scene != .running,
                            scene != .busy
                        {
                            #expect(blocks > 20, "\(what)\n\(canvas.lines().joined(separator: "\n"))")
                        }
                        // Whatever stands in letters, the sentence is there as text.
                        let band = StandingTests.said(canvas)
                        #expect(band.contains(scene.said), "\(what): no \"\(scene.said)\" in\n\(band)")
                    }
                }
            }
        }
    }
}

extension Scene {
    /// Words of its sentence that no size may hide.
    var said: String {
        switch self {
        case .quiet: "Nobody has to do anything until"
        case .running: "3 of 5"
        case .busy: "Approving Web6-10-Patching"
        case .act: "IC-Web4"
        case .blocked: "Smoke 2 failed"
        case .old: "decide nothing"
        }
    }
}
