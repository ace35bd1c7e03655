// Made by scripts/make-themes.py.
extension Theme {
    static let textMonochrome = """
        # No colour at all (NO_COLOR): weight, line and reverse tell. docs/themes.md explains the lines.
        plain                 default
        strong                default bold
        waiting               default
        head                  default bold underline
        head.note             default
        good                  default
        moving                default bold
        act                   default reverse
        bad                   default bold reverse
        off                   default
        doubt                 default underline
        tile.good             default
        tile.moving           default bold
        tile.act              default reverse
        tile.bad              default bold reverse
        tile.off              default underline
        tile.act.quiet        default bold
        tile.bad.quiet        default bold underline
        tile.good.quiet       default
        tile.waiting          default
        time.home             default
        time.other            default
        clock.home            default bold
        clock.other           default bold
        rule                  default
        key                   default reverse
        key.word              default
        strip                 default bold
        strip.note            default
        mode.live             default reverse
        mode.rehearsal        default bold underline
        mode.rehearsal.hatch  default
        mode.not.live         default bold
        mode.replay           default bold reverse
        cursor                default reverse
        band.calm.tab         default bold
        band.calm             default bold
        band.calm.note        default
        band.moving.tab       default bold reverse
        band.moving           default bold
        band.moving.note      default
        band.act.tab          default bold
        band.act              default bold reverse
        band.act.note         default reverse
        band.blocked.tab      default bold
        band.blocked          default bold reverse
        band.blocked.note     default reverse
        band.silent.tab       default bold underline
        band.silent           default bold underline
        band.silent.note      default underline
        bar.done              default
        bar.running           default bold
        bar.forecast          default
        bar.plan              default
        bar.critical          default bold
        bar.batch             default
        bar.now               default bold
        bar.failed            default bold reverse
        bar.off               default underline

        """
}
