/// The themes of the folder `themes`, so that a program that was moved has them with it. Made by
/// scripts/make-themes.py; a test holds them to the files.
extension Theme {
    static let builtIn: [(name: String, text: String)] = [
        (
            "dark",
            """
            # For dark rooms and most terminals. docs/themes.md explains the lines.
            background            #0D1117
            plain                 #DDE3E9
            strong                #FFFFFF bold
            waiting               #93A0AD
            head                  #FFFFFF on #243140 bold
            head.note             #BAC7D3 on #243140
            good                  #6FD58F
            moving                #7CBBFF
            act                   #FFB938 bold
            bad                   #FF8A80 bold
            off                   #CDA8F7
            doubt                 #F7EBB0 on #453F1E
            tile.good             #CFF5DC on #133F29
            tile.moving           #E1F0FF on #16508C bold
            tile.act              #000000 on #FFB000 bold
            tile.bad              #FFFFFF on #B3141B bold
            tile.off              #DCC4FA on #2D2142
            tile.act.quiet        #FFC861 on #1C2733 bold
            tile.bad.quiet        #FFA79F on #1C2733 bold
            tile.good.quiet       #6FD58F on #1C2733
            tile.waiting          #B4C0CB on #1C2733
            time.home             #C2DBF5
            time.other            #F3D2B5
            clock.home            #E4F1FF bold
            clock.other           #FFE7D1 bold
            rule                  #7A8894
            key                   #0D1117 on #BAC7D3 bold
            key.word              #BAC7D3
            strip                 #FFFFFF on #243140 bold
            strip.note            #BAC7D3 on #243140
            mode.live             #0D1117 on #FFFFFF bold
            mode.rehearsal        #D9C6FF on #3B2A5C bold
            mode.rehearsal.hatch  #A893D6 on #3B2A5C
            mode.not.live         #DDE3E9 bold
            mode.replay           #0D1117 on #8FE0DA bold
            cursor                #0D1117 on #FFFFFF bold
            band.calm.tab         #FFFFFF on #1E6B41 bold
            band.calm             #FFFFFF on #12261C bold
            band.calm.note        #B9D8C6 on #12261C
            band.moving.tab       #FFFFFF on #1B5FAE bold
            band.moving           #FFFFFF on #102A4A bold
            band.moving.note      #B6D2F0 on #102A4A
            band.act.tab          #FFC23D on #2B1D00 bold
            band.act              #000000 on #FFB000 bold
            band.act.note         #2B1D00 on #FFB000
            band.blocked.tab      #FFFFFF on #5C0009 bold
            band.blocked          #FFFFFF on #B3141B bold
            band.blocked.note     #FFE3E0 on #B3141B
            band.silent.tab       #F7EBB0 on #5A5226 bold
            band.silent           #FFFFFF on #332F18 bold
            band.silent.note      #F7EBB0 on #332F18
            bar.done              #5E8F74
            bar.running           #3D8BE0
            bar.forecast          #7C8A97
            bar.plan              #DDE3E9
            bar.critical          #FFFFFF bold
            bar.batch             #8D72B8
            bar.now               #FFFFFF bold
            bar.failed            #E5484D bold
            bar.off               #9A7CC8
            clock                 #FFFFFF bold
            sentence              #FFFFFF bold
            gutter                #FFFFFF bold
            critical              #FFFFFF bold

            """
        ),
        (
            "light",
            """
            # For bright rooms. docs/themes.md explains the lines.
            background      #FBFAF7
            plain           #24292E
            mode.live       #FBFAF7 on #24292E bold
            mode.rehearsal  #FBFAF7 on #2F536F bold
            mode.replay     #FBFAF7 on #5B4A6B bold
            clock           #000000 bold
            sentence        #000000 bold
            good            #444B52
            act             #B23C00 bold
            bad             #7E3B3B bold
            moving          #2F536F
            off             #5B4A7B
            waiting         #666D73
            doubt           #5F5630 italic underline
            gutter          #4C6072
            time.home       #33475A
            time.other      #5A4632
            cursor          #FBFAF7 on #000000 bold
            critical        #000000 underline
            rule            #6B7278

            """
        ),
        (
            "high-contrast",
            """
            # Black, white and one colour; every role bold. docs/themes.md explains the lines.
            background      #000000
            plain           #FFFFFF bold
            mode.live       #000000 on #FFFFFF bold
            mode.rehearsal  #000000 on #CDEBFF bold
            mode.replay     #000000 on #EBDCFF bold
            clock           #FFFFFF bold
            sentence        #FFFFFF bold
            good            #FFFFFF bold
            act             #FFD000 bold
            bad             #FFC8C0 bold
            moving          #CDEBFF bold
            off             #EBDCFF bold
            waiting         #C4C4C4 bold
            doubt           #FFF3C0 bold italic underline
            gutter          #E0E0E0 bold
            time.home       #DDEEFF bold
            time.other      #FFEEDD bold
            cursor          #000000 on #FFFFFF bold
            critical        #FFFFFF bold underline
            rule            #FFFFFF bold

            """
        ),
        (
            "colour-blind-safe",
            """
            # Told apart by lightness, and by blue against yellow only (Okabe and Ito).
            # docs/themes.md explains the lines.
            background      #101418
            plain           #DADDE0
            mode.live       #101418 on #DADDE0 bold
            mode.rehearsal  #101418 on #9CC4E0 bold
            mode.replay     #101418 on #D9D3B0 bold
            clock           #FFFFFF bold
            sentence        #FFFFFF bold
            good            #B8BDC2
            act             #F0E442 bold
            bad             #FFFFFF bold
            moving          #9CC4E0
            off             #9FB4C8
            waiting         #8C949B
            doubt           #D9D3B0 italic underline
            gutter          #94A3B0
            time.home       #BFD6EA
            time.other      #E0D6B8
            cursor          #101418 on #FFFFFF bold
            critical        #FFFFFF underline
            rule            #7D868E

            """
        ),
        (
            "monochrome",
            """
            # No colour at all (NO_COLOR): weight, line and reverse tell. docs/themes.md explains the lines.
            plain           default
            mode.live       default reverse
            mode.rehearsal  default reverse
            mode.replay     default reverse
            clock           default bold
            sentence        default bold
            good            default
            act             default reverse
            bad             default bold reverse
            moving          default bold
            off             default
            waiting         default
            doubt           default underline
            gutter          default
            time.home       default
            time.other      default
            cursor          default reverse
            critical        default underline
            rule            default

            """
        ),
    ]
}
