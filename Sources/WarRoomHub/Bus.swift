import NIOCore
import NIOPosix
package import WarRoomCore

/// Looks at every source at its interval, and at once when its folder changes. Each look runs on a thread of its own
/// and is given up on after its time-out, so that a source that hangs darkens only its own pane.
package actor Bus {
    let hub: Hub
    private let loop: any EventLoop
    /// The threads of the sources that the hub was started with, and of those that each amendment has brought.
    private var pools: [NIOThreadPool] = []
    private var isStarted = false
    /// How many looks there were: each has a number of its own.
    private var looks = 0
    /// The hub's own loop: a look's outcome reaches the hub without a hop.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    var watches: [String: Watch] = [:]
    /// Asks for a call of ``changed(_:)`` when something happens in a folder. It is asked again with each look, because
    /// folders come and go.
    private let watchFolder: @Sendable (String) -> Void
    private var isStopped = false
    /// Sources that have not been looked at once, and who waits for that.
    private var unseen: Set<String> = []
    private var whenSeen: CheckedContinuation<Void, Never>?

    struct Watch {
        let plan: SourcePlan
        /// `nil` while a look is under way: it has gone with the look.
        var source: (any Source)?
        let threads: NIOThreadPool
        var look = 0
        var mustLookAgain = false
        var next: Scheduled<Void>?
    }

    /// A bus over sources by their plans. `watchFolder` is called with each folder whose changes should come back
    /// through ``changed(_:)``. Nothing is looked at before ``start()``.
    package init(
        hub: Hub, sources: [(plan: SourcePlan, source: any Source)],
        watchFolder: @escaping @Sendable (String) -> Void
    ) {
        self.hub = hub
        loop = hub.loop
        self.watchFolder = watchFolder
        let threads = NIOThreadPool(numberOfThreads: max(sources.count, 1))
        pools = [threads]
        for (plan, source) in sources { watches[plan.id] = Watch(plan: plan, source: source, threads: threads) }
    }

    /// Begins to look at every source. It returns when each was looked at once and what was found is in the journal,
    /// so that whoever comes first sees it; a source that takes its time is not waited for.
    package func start() async {
        isStarted = true
        for threads in pools { threads.start() }
        unseen = Set(watches.keys)
        for id in watches.keys.sorted() { look(at: id) }
        guard !unseen.isEmpty else { return }
        loop.scheduleTask(in: .milliseconds(300)) { self.assumeIsolated { $0.goOn() } }
        await withCheckedContinuation { whenSeen = $0 }
        await hub.settled()
    }

    private func goOn() {
        whenSeen?.resume()
        whenSeen = nil
    }

    /// Looks at other sources from now on: no more at those that are gone, and at the new ones. What a look at one that
    /// is gone still finds is not heard.
    package func follow(without gone: Set<String>, with sources: [(plan: SourcePlan, source: any Source)]) {
        guard !isStopped else { return }
        for id in gone {
            watches[id]?.next?.cancel()
            watches[id] = nil
        }
        guard !sources.isEmpty else { return }
        let threads = NIOThreadPool(numberOfThreads: sources.count)
        pools.append(threads)
        if isStarted { threads.start() }
        for (plan, source) in sources {
            watches[plan.id]?.next?.cancel()
            watches[plan.id] = Watch(plan: plan, source: source, threads: threads)
            if isStarted { look(at: plan.id) }
        }
    }

    /// Looks at every source, one after the other, for a time of the bridge; before ``start()`` only. `goesOn` says
    /// that what is confirmed now was confirmed ever since the last moment. Sockets are left out, because what somebody
    /// answers today says nothing of that time.
    package func look(at moment: Instant, goesOn: Bool) {
        var looks: [(id: String, result: Result<Look, SourceFault>)] = []
        for id in watches.keys.sorted() {
            guard let plan = watches[id]?.plan, !plan.kind.declaration.isProbe, var source = watches[id]?.source else {
                continue
            }
            var hasMore = true
            while hasMore {
                do throws(SourceFault) {
                    let look = try source.look()
                    looks.append((id, .success(look)))
                    hasMore = look.hasMore
                } catch {
                    looks.append((id, .failure(error)))
                    hasMore = false
                }
            }
            watches[id]?.source = source
        }
        hub.assumeIsolated { $0.take(looks, at: moment, goesOn: goesOn) }
    }

    /// Ends all looks; a look that is under way is not waited for.
    package func stop() {
        isStopped = true
        for watch in watches.values { watch.next?.cancel() }
        for threads in pools { threads.shutdownGracefully { _ in } }
    }

    /// Something happened in a folder: each source that watches it is looked at at once. It may be called from any
    /// thread.
    package nonisolated func changed(_ folder: String) {
        loop.execute {
            self.assumeIsolated { bus in
                for (id, watch) in bus.watches where watch.source?.watchedFolders.contains(folder) ?? true {
                    bus.look(at: id)
                }
            }
        }
    }

    private func look(at id: String) {
        guard !isStopped, var watch = watches[id] else { return }
        guard let source = watch.source else {
            watches[id]!.mustLookAgain = true
            return
        }
        watch.next?.cancel()
        watch.source = nil
        watch.mustLookAgain = false
        looks += 1
        watch.look = looks
        watches[id] = watch
        for folder in source.watchedFolders { watchFolder(folder) }
        let number = watch.look
        let timeout = TimeAmount.nanoseconds(watch.plan.timeout.nanosecondCount)
        let overdue = loop.scheduleTask(in: timeout) {
            self.assumeIsolated { $0.giveUp(on: id, look: number) }
        }
        watch.threads.runIfActive(eventLoop: loop) { () -> (any Source, Result<Look, SourceFault>) in
            var source = source
            // First the look, then the source as the look has left it: a tuple takes its parts from left to right.
            let result: Result<Look, SourceFault>
            do throws(SourceFault) {
                result = .success(try source.look())
            } catch {
                result = .failure(error)
            }
            return (source, result)
        }.whenSuccess { source, result in
            overdue.cancel()
            self.assumeIsolated { $0.took(result, source, id, look: number) }
        }
    }

    private func took(_ result: Result<Look, SourceFault>, _ source: any Source, _ id: String, look number: Int) {
        guard !isStopped, let watch = watches[id], watch.look == number else { return }
        watches[id]!.source = source
        hub.assumeIsolated { $0.took(result, from: id) }
        unseen.remove(id)
        if unseen.isEmpty { goOn() }
        let hasMore = if case .success(let look) = result { look.hasMore } else { false }
        if hasMore, hub.assumeIsolated({ $0.isBehind }) {
            wait(on: id)
        } else if watch.mustLookAgain || hasMore {
            look(at: id)
        } else {
            let interval = TimeAmount.nanoseconds(watch.plan.every.nanosecondCount)
            watches[id]!.next = loop.scheduleTask(in: interval) { self.assumeIsolated { $0.look(at: id) } }
        }
    }

    /// What was found must first find its place: a flood of one source holds up no other.
    private func wait(on id: String) {
        guard !isStopped, watches[id] != nil else { return }
        watches[id]!.next = loop.scheduleTask(in: .milliseconds(5)) {
            self.assumeIsolated { bus in
                if bus.hub.assumeIsolated({ $0.isBehind }) { bus.wait(on: id) } else { bus.look(at: id) }
            }
        }
    }

    /// The look goes on, and its answer is taken when it comes. Until then the source is unreadable.
    private func giveUp(on id: String, look: Int) {
        guard let watch = watches[id], watch.look == look, watch.source == nil else { return }
        let reason = "no answer within \(watch.plan.timeout.written)"
        hub.assumeIsolated { $0.took(.failure(SourceFault(reason)), from: id) }
    }
}
