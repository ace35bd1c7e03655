import WarRoomCore

/// A drawn screen, and what stands where on it: keys and clicks ask the picture that the person sees, instead of one
/// that is laid out anew for them.
package struct Picture {
    /// What is drawn. A tick sets its clocks, and what stands where stays.
    package var canvas: Canvas
    let layout: Layout
    /// What it is a picture of.
    let sight: Sight
    let size: Size

    /// The layout, if this is the picture of a view as a key finds it.
    func layout(of sight: Sight, size: Size) -> Layout? {
        guard size == self.size, sight.view.isLaidOut(as: self.sight.view), sight.glyphs == self.sight.glyphs,
            self.sight.situation.isSame(as: sight.situation), self.sight.vitals.isSameButForAges(as: sight.vitals)
        else { return nil }
        return layout
    }
}
