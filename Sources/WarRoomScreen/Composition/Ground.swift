/// What must be the same for anything of the last layout to be kept.
struct Ground: Equatable {
    let size: Size
    private let glyphs: GlyphSet
    let isPresenting: Bool
    private let bars: Int
    let hasKeys: Bool

    /// `hasKeys`: whether anybody can press a key.
    init(_ sight: Sight, size: Size, hasKeys: Bool = true) {
        (self.size, self.hasKeys) = (size, hasKeys)
        (glyphs, isPresenting, bars) = (sight.glyphs, sight.view.isPresenting, sight.view.bars)
    }
}
