/// The themes of the folder `themes`, so that a program that was moved has them with it. Made by
/// scripts/make-themes.py; a test holds them to the files.
extension Theme {
    static let builtIn: [(name: String, text: String)] = [
        (
            "dark",
            """
            # For dark rooms and most terminals. docs/themes.md explains the lines.
            background      #11151A
            plain           #D6D9DC
            mode.live       #11151A on #D6D9DC bold
            mode.rehearsal  #11151A on #A9CBE8 bold
            mode.replay     #11151A on #C9B8D8 bold
            clock           #FFFFFF bold
            sentence        #FFFFFF bold
            good            #B4BBC1
            act             #FFB020 bold
            bad             #F2A6A0 bold
            moving          #A9CBE8
            off             #C9B8D8
            waiting         #8A939B
            doubt           #D8CFA0 italic underline
            gutter          #93A4B3
            time.home       #C8D4DE
            time.other      #DCCFC0
            cursor          #11151A on #FFFFFF bold
            critical        #FFFFFF underline
            rule            #7D868E

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
