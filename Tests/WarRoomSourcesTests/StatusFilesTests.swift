import Glibc
import Testing
import WarRoomCore

@testable import WarRoomSources

@Suite struct StatusFilesTests {
    let folder = TemporaryFolder()
    let event = #"{"type":"warroom.server","subject":"IC-Web1","data":{"patch":"running"}}"#

    private func source(_ path: String = "*.json") -> StatusFilesSource {
        StatusFilesSource(path: folder[path], wall: now)
    }

    @Test func `a file holds one event or an array of them`() throws {
        folder.write("one.json", event, age: .seconds(60))
        folder.write("two.json", "[\(event),\(event)]", age: .seconds(30))
        var source = source()
        let look = try source.look()
        #expect(look.trouble == nil)
        #expect(look.findings.count == 3)
        #expect(look.findings[0].event["subject"]?.text == "IC-Web1")
        #expect(look.asOf == look.findings[2].wallTime)
        let time = try #require(look.findings[0].wallTime)
        #expect(look.findings[0].fallbackID == "\(time.nanoseconds)-\(String(contentHash(event.utf8), radix: 16))")
        #expect(look.findings[1].fallbackID.hasSuffix("-0"))
        #expect(look.findings[2].fallbackID.hasSuffix("-1"))
    }

    @Test func `the hash is the published FNV-1a`() {
        #expect(contentHash("".utf8) == 0xCBF2_9CE4_8422_2325)
        #expect(contentHash("foobar".utf8) == 0x8594_4171_F739_67E8)
    }

    @Test func `an unchanged file is not read again and keeps its age`() throws {
        folder.write("a.json", event, age: .seconds(600))
        var source = source()
        let first = try source.look()
        // A file that was just written may be read once more, because its mtime could stand for two contents.
        #expect(
            eventually {
                let before = source.opens
                _ = source.tryLook()
                return source.opens == before
            })
        let before = source.opens
        for _ in 0..<50 {
            let look = try source.look()
            #expect(look.findings.isEmpty)
            #expect(look.asOf == first.asOf)
        }
        #expect(source.opens == before)
    }

    @Test func `a file renamed into place is read`() throws {
        folder.write("a.json", event, age: .seconds(60))
        var source = source()
        _ = try source.look()
        folder.write("a.json.tmp", event.replacing("running", with: "installed"))
        #expect(try source.look().findings.isEmpty)
        folder.move("a.json.tmp", to: "a.json")
        let look = try source.look()
        #expect(look.findings.map { $0.event["data"]?["patch"]?.text } == ["installed"])
    }

    @Test func `a change that keeps size and mtime is seen`() throws {
        folder.write("a.json", event)
        let time = now() - .seconds(100)
        folder.setTime("a.json", time)
        var source = source()
        #expect(try source.look().findings.count == 1)
        folder.write("a.json", event.replacing("IC-Web1", with: "IC-Web2"))
        folder.setTime("a.json", time)
        #expect(try source.look().findings.map { $0.event["subject"]?.text } == ["IC-Web2"])
    }

    @Test func `the same content written again is nothing new but younger`() throws {
        folder.write("a.json", event, age: .seconds(600))
        var source = source()
        let first = try source.look()
        folder.write("a.json", event, age: .seconds(5))
        let second = try source.look()
        #expect(second.findings.isEmpty)
        #expect(try #require(second.asOf) > #require(first.asOf))
    }

    @Test func `a half-written file keeps its last good value and heals`() throws {
        folder.write("web1-5.json", event, age: .seconds(60))
        var source = source()
        let first = try source.look()
        folder.write("web1-5.json", String(event.dropLast(20)))
        let second = try source.look()
        #expect(second.findings.isEmpty)
        #expect(second.asOf == first.asOf)
        let trouble = try #require(second.trouble)
        #expect(trouble.hasPrefix("web1-5.json: not valid JSON at byte "))
        #expect(trouble.hasSuffix(", retrying"))
        folder.write("web1-5.json", event.replacing("running", with: "installed"))
        let third = try source.look()
        #expect(third.trouble == nil)
        #expect(third.findings.count == 1)
    }

    @Test func `a file that heals to what it was says nothing new`() throws {
        folder.write("a.json", event, age: .seconds(60))
        var source = source()
        _ = try source.look()
        folder.write("a.json", "{")
        #expect(try source.look().trouble != nil)
        folder.write("a.json", event)
        let look = try source.look()
        #expect(look.trouble == nil)
        #expect(look.findings.isEmpty)
    }

    @Test(arguments: [
        ("", "a.json: is empty"), ("3", "a.json: holds neither an event nor an array of events"),
        ("[{},3]", "a.json: element 1 of the array is no object"),
        ("{\"a\":}", "a.json: not valid JSON at byte 5: a value was expected, retrying"),
    ])
    func `what is no event is said`(content: String, trouble: String) throws {
        folder.write("a.json", content)
        var source = source()
        let look = try source.look()
        #expect(look.trouble == trouble)
        #expect(look.findings.isEmpty)
        #expect(look.asOf == nil)
        // Where it is unchanged, it is still in trouble.
        #expect(try source.look().trouble == trouble)
    }

    @Test func `a byte order mark is passed over and UTF-16 is named`() throws {
        folder.write("a.json", [0xEF, 0xBB, 0xBF] + Array(event.utf8))
        folder.write("b.json", [0xFF, 0xFE, 0x7B, 0, 0x7D, 0])
        var source = source()
        let look = try source.look()
        #expect(look.findings.count == 1)
        #expect(look.trouble == "b.json: is UTF-16; JSON is UTF-8")
    }

    @Test func `of several files in trouble the first is named and the rest counted`() throws {
        for name in ["web2.json", "web10.json", "web1.json"] { folder.write(name, "") }
        var source = source()
        #expect(try source.look().trouble == "web1.json: is empty; and 2 more files in trouble")
    }

    @Test func `a folder that was never there is absent, and one that was is gone`() throws {
        folder.makeFolder("patch")
        var seen = StatusFilesSource(path: folder["patch/*.json"], wall: now)
        var never = StatusFilesSource(path: folder["nowhere/*.json"], wall: now)
        #expect(seen.tryLook() == .success(Look()))
        #expect(
            never.tryLook()
                == .failure(SourceFault("the folder \(folder["nowhere"]) is not there", isAbsent: true)))
        rmdir(folder["patch"])
        #expect(seen.tryLook() == .failure(SourceFault("the folder \(folder["patch"]) is gone")))
        folder.makeFolder("patch")
        folder.write("patch/a.json", event)
        #expect(try seen.look().findings.count == 1)
    }

    @Test func `a single file is absent, read, and gone`() throws {
        var source = source("pools.json")
        let path = folder["pools.json"]
        #expect(source.tryLook() == .failure(SourceFault("\(path) is not there", isAbsent: true)))
        folder.write("pools.json", event)
        #expect(try source.look().findings.count == 1)
        folder.delete("pools.json")
        #expect(source.tryLook() == .failure(SourceFault("\(path) is gone")))
    }

    @Test func `a removed file is not there any more and is read anew when it comes back`() throws {
        folder.write("a.json", event, age: .seconds(60))
        folder.write("b.json", event, age: .seconds(60))
        var source = source()
        #expect(try source.look().rests.keys.sorted() == ["a.json", "b.json"])
        folder.move("a.json", to: ".away")
        let without = try source.look()
        #expect(without.rests.keys.sorted() == ["b.json"])
        #expect(without.trouble == nil)
        folder.move(".away", to: "a.json")
        let look = try source.look()
        #expect(look.findings.map(\.rest) == ["a.json"])
        #expect(look.rests["a.json"]?.isRead == true)
        #expect(look.rests["a.json"]?.isWritten == true)
    }

    @Test func `a file that was there at the first look was not seen to be written, whatever comes later was`() throws {
        folder.write("a.json", event, age: .seconds(60))
        var source = source()
        #expect(try source.look().rests["a.json"]?.isWritten == false)
        folder.write("b.json", event, age: .seconds(600))
        #expect(try source.look().rests["b.json"]?.isWritten == true)
        folder.age("a.json", .seconds(900))
        let look = try source.look()
        #expect(look.rests["a.json"]?.isWritten == true)
        #expect(look.rests["a.json"]?.isRead == false)
        #expect(look.rests["b.json"]?.isWritten == false)
    }

    @Test func `a file in trouble keeps its rest and says why`() throws {
        folder.write("a.json", event, age: .seconds(60))
        var source = source()
        _ = try source.look()
        folder.write("a.json", "{")
        #expect(try source.look().rests["a.json"]?.trouble?.hasPrefix("not valid JSON") == true)
        folder.write("a.json", event)
        let look = try source.look()
        #expect(look.rests["a.json"]?.trouble == nil)
        #expect(look.rests["a.json"]?.isWritten == true)
    }

    @Test func `what is no file is named and never opened`() throws {
        mkfifo(folder["fifo.json"], 0o644)
        folder.makeFolder("folder.json")
        symlink("loop.json", folder["loop.json"])
        symlink("nothing", folder["dangling.json"])
        symlink("/dev/zero", folder["device.json"])
        let expected = [
            "fifo.json": "fifo.json: is a FIFO, not a file", "folder.json": "folder.json: is a folder, not a file",
            "loop.json": "loop.json: cannot be read: Too many levels of symbolic links",
            "dangling.json": "dangling.json: is a link to nothing",
            "device.json": "device.json: is a device, not a file",
        ]
        for (name, trouble) in expected {
            var source = source(name.replacing(".json", with: ".jso?"))
            #expect(try source.look().trouble == trouble)
            #expect(source.opens == 0)
        }
        var single = source("folder.json")
        #expect(try single.look().trouble == expected["folder.json"])
    }

    @Test func `a link to a file is read`() throws {
        folder.write("real", event)
        symlink("real", folder["a.json"])
        var source = source()
        #expect(try source.look().findings.count == 1)
    }

    @Test func `a file over the limit is not read`() throws {
        folder.write("big.json", event)
        truncate(folder["big.json"], 65 << 20)
        var source = source()
        let look = try source.look()
        #expect(look.trouble == "big.json: has 65 MB, more than the 16 MB that are read")
        #expect(source.opens == 0)
    }

    @Test func `a bare folder counts all its files but no folders`() throws {
        folder.write("web1", event)
        folder.makeFolder("done")
        var source = StatusFilesSource(path: folder.path + "/", wall: now)
        let look = try source.look()
        #expect(look.findings.count == 1)
        #expect(look.trouble == nil)
        #expect(source.watchedFolders == [folder.path])
    }

    @Test func `a path through a file is no folder`() throws {
        folder.write("plain", "x")
        var source = source("plain/*.json")
        #expect(
            source.tryLook()
                == .failure(SourceFault("the folder \(folder["plain"]) cannot be read: Not a directory")))
    }

    @Test func `names are reported in natural order`() throws {
        for number in 1...12 { folder.write("web\(number).json", event.replacing("IC-Web1", with: "IC-Web\(number)")) }
        var source = source()
        let subjects = try source.look().findings.map { $0.event["subject"]?.text }
        #expect(subjects == (1...12).map { "IC-Web\($0)" })
    }

    @Test func `a writer that never stops is never believed half`() throws {
        let done = Flag()
        let text = event
        let path = folder["a.json"]
        onThread {
            var number = 0
            while !done.isSet {
                number += 1
                let padding = String(repeating: " ", count: number % 5000)
                let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
                for part in [text.prefix(30), text.dropFirst(30)] {
                    var bytes = Array((part + padding).utf8)
                    write(descriptor, &bytes, bytes.count)
                }
                close(descriptor)
            }
            done.end()
        }
        var source = source()
        for _ in 0..<300 {
            guard case .success(let look) = source.tryLook() else { continue }
            for finding in look.findings { #expect(finding.event["data"]?["patch"]?.text == "running") }
        }
        done.set()
        #expect(eventually { done.hasEnded })
        _ = source.tryLook()
        #expect(try source.look().trouble == nil)
    }
}
