import Foundation

@testable import WarRoomScreen

/// A colour as an eye sees it, for holding themes to what people can tell apart.
struct SeenColour {
    /// CIE L*a*b* under D65.
    let lightness: Double
    private let a: Double
    private let b: Double

    /// A kind of colour blindness; the matrices are those of Machado, Oliveira and Fernandes, A Physiologically-based
    /// Model for Simulation of Color Vision Deficiency (IEEE TVCG 15, 2009), table 1 at severity 1.0. They take linear
    /// sRGB, and their rows sum to 1, so that greys stay as they are.
    enum Blindness: CaseIterable {
        case protanopia, deuteranopia, tritanopia

        var matrix: [[Double]] {
            switch self {
            case .protanopia:
                [
                    [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
                ]
            case .deuteranopia:
                [
                    [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
                ]
            case .tritanopia:
                [
                    [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
                ]
            }
        }
    }

    /// A colour as it is seen with a kind of blindness, or without any.
    init(_ colour: Colour, _ blindness: Blindness? = nil) {
        func linear(_ value: UInt8) -> Double {
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        var light = [linear(colour.red), linear(colour.green), linear(colour.blue)]
        if let rows = blindness?.matrix {
            let seen = light
            light = rows.map { row in min(max(zip(row, seen).map(*).reduce(0, +), 0), 1) }
        }
        func shape(_ value: Double) -> Double {
            value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
        }
        let x = shape((0.4124564 * light[0] + 0.3575761 * light[1] + 0.1804375 * light[2]) / 0.95047)
        let y = shape(0.2126729 * light[0] + 0.7151522 * light[1] + 0.0721750 * light[2])
        let z = shape((0.0193339 * light[0] + 0.1191920 * light[1] + 0.9503041 * light[2]) / 1.08883)
        (lightness, a, b) = (116 * y - 16, 500 * (x - y), 200 * (y - z))
    }

    /// How far apart two are, by CIEDE2000 (CIE 142-2001; Sharma, Wu and Dalal, 2005).
    func distance(to other: SeenColour) -> Double {
        func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
        let mean = pow((hypot(a, b) + hypot(other.a, other.b)) / 2, 7)
        let stretch = 1 + 0.5 * (1 - sqrt(mean / (mean + pow(25, 7))))
        let (a1, a2) = (a * stretch, other.a * stretch)
        let (c1, c2) = (hypot(a1, b), hypot(a2, other.b))
        func hue(_ a: Double, _ b: Double) -> Double {
            guard a != 0 || b != 0 else { return 0 }
            let angle = atan2(b, a) * 180 / .pi
            return angle < 0 ? angle + 360 : angle
        }
        let (h1, h2) = (hue(a1, b), hue(a2, other.b))
        let isGrey = c1 * c2 == 0
        var turn = isGrey ? 0 : h2 - h1
        if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
        let (dL, dC) = (other.lightness - lightness, c2 - c1)
        let dH = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
        let (l, c) = ((lightness + other.lightness) / 2, (c1 + c2) / 2)
        let h = isGrey ? h1 + h2 : abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2
        let t =
            1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h)) + 0.32 * cos(radians(3 * h + 6)) - 0.20
            * cos(radians(4 * h - 63))
        let offset = (l - 50) * (l - 50)
        let sL = 1 + 0.015 * offset / sqrt(20 + offset)
        let (sC, sH) = (1 + 0.045 * c, 1 + 0.015 * c * t)
        let rotation =
            -sin(radians(60 * exp(-pow((h - 275) / 25, 2)))) * 2 * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)))
        let (x, y, z) = (dL / sL, dC / sC, dH / sH)
        return sqrt(x * x + y * y + z * z + rotation * y * z)
    }
}
