/// The themes of the folder `themes`, so that a program that was moved has them with it. Made by
/// scripts/make-themes.py, as its texts are; a test holds them to the files.
extension Theme {
    static let builtIn: [(name: String, text: String)] = [
        ("dark", textDark),
        ("light", textLight),
        ("high-contrast", textHighContrast),
        ("colour-blind-safe", textColourBlindSafe),
        ("monochrome", textMonochrome),
    ]
}
