import WarRoomCore

extension Hub {
    /// Takes the outcome of a look.
    func took(_ result: Result<Look, SourceFault>, from id: String) {
        guard desks[id] != nil else { return }
        let news: SourceDesk.News
        switch result {
        case .success(let look): news = desks[id]!.take(look, clock: clock, now: now)
        case .failure(let fault): news = desks[id]!.take(fault)
        }
        take(news, from: id)
    }
}
