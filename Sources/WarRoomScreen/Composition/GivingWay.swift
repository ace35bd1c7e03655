/// When something gives way: the lowest rank first, and of one rank what is calm before what is in trouble.
struct GivingWay: Comparable {
    enum Place: Int { case calm, troubled }

    let rank: Int
    let place: Place

    init(_ rank: Int, _ place: Place = .calm) { (self.rank, self.place) = (rank, place) }

    static func < (one: GivingWay, other: GivingWay) -> Bool {
        (one.rank, one.place.rawValue) < (other.rank, other.place.rawValue)
    }
}
