// Made by scripts/make-themes.py.
extension Theme {
    static let textHighContrast = """
        # Black, white and few lively colours: 7 to 1 at least, every role bold.
        # docs/themes.md explains the lines.
        background            #000000             256: 16
        plain                 #FFFFFF                                         bold
        strong                #FFFFFF                                         bold
        waiting               #C4C4C4             256: 251                    bold
        head                  #000000 on #D0D0D0  256: 16 on 252   8: 0 on 7  bold
        head.note             #000000 on #D0D0D0  256: 16 on 252   8: 0 on 7  bold
        good                  #8CFFB0             256: 121         8: 2       bold
        moving                #9AD7FF             256: 117         8: 6       bold
        act                   #FFD000             256: 220         8: 3       bold
        bad                   #FFB0A8             256: 217         8: 7 on 1  bold
        off                   #E0CCFF             256: 189         8: 7       bold
        doubt                 #000000 on #D8CC78  256: 16 on 186   8: 0 on 6  bold
        tile.good             #D8FFE4 on #003D1C  256: 194 on 22   8: 0 on 2  bold
        tile.moving           #FFFFFF on #003F8A  256: 231 on 18   8: 7 on 4  bold
        tile.act              #000000 on #FFD000  256: 16 on 220   8: 0 on 3  bold
        tile.bad              #FFFFFF on #960010  256: 231 on 88   8: 7 on 1  bold
        tile.off              #F0E4FF on #3F1C70  256: 231 on 54   8: 0 on 7  bold
        tile.act.quiet        #FFE27A on #262626  256: 222 on 235  8: 3       bold
        tile.bad.quiet        #FFC4BE on #262626  256: 224 on 235  8: 7 on 1  bold
        tile.good.quiet       #8CFFB0 on #262626  256: 121 on 235  8: 2       bold
        tile.waiting          #FFFFFF on #262626  256: 231 on 235             bold
        time.home             #DDEEFF             256: 195                    bold
        time.other            #FFEEDD             256: 230                    bold
        clock.home            #DDEEFF             256: 195                    bold
        clock.other           #FFEEDD             256: 230                    bold
        rule                  #C4C4C4             256: 251                    bold
        key                   #000000 on #FFFFFF  256: 16 on 231   8: 0 on 7  bold
        key.word              #FFFFFF                                         bold
        strip                 #000000 on #D0D0D0  256: 16 on 252   8: 0 on 7  bold
        strip.note            #000000 on #D0D0D0  256: 16 on 252   8: 0 on 7  bold
        mode.live             #000000 on #FFFFFF  256: 16 on 231   8: 0 on 7  bold
        mode.rehearsal        #FFFFFF on #3F1C70  256: 231 on 54   8: 0 on 6  bold
        mode.rehearsal.hatch  #CDB8F0 on #3F1C70  256: 189 on 54   8: 0 on 6  bold
        mode.not.live         #FFFFFF                                         bold
        mode.replay           #000000 on #8FE0DA  256: 16 on 116   8: 0 on 2  bold
        cursor                #000000 on #FFFFFF  256: 16 on 231   8: 0 on 7  bold
        band.calm.tab         #FFFFFF on #00552A  256: 231 on 22   8: 0 on 2  bold
        band.calm             #FFFFFF on #0A2415  256: 231 on 234             bold
        band.calm.note        #DDFFE8 on #0A2415  256: 194 on 234             bold
        band.moving.tab       #000000 on #9AD7FF  256: 16 on 117   8: 4 on 7  bold
        band.moving           #FFFFFF on #003070  256: 231 on 17   8: 7 on 4  bold
        band.moving.note      #CDE6FF on #003070  256: 195 on 17   8: 7 on 4  bold
        band.act.tab          #FFD000 on #000000  256: 220 on 16   8: 3 on 0  bold
        band.act              #000000 on #FFD000  256: 16 on 220   8: 0 on 3  bold
        band.act.note         #000000 on #FFD000  256: 16 on 220   8: 0 on 3  bold
        band.blocked.tab      #960010 on #FFFFFF  256: 88 on 231   8: 7 on 0  bold
        band.blocked          #FFFFFF on #960010  256: 231 on 88   8: 7 on 1  bold
        band.blocked.note     #FFE9E6 on #960010  256: 224 on 88   8: 7 on 1  bold
        band.silent.tab       #000000 on #D8CC78  256: 16 on 186   8: 6 on 0  bold
        band.silent           #FFFFFF on #3A3408  256: 231 on 236  8: 0 on 6  bold
        band.silent.note      #FFF3C0 on #3A3408  256: 230 on 236  8: 0 on 6  bold
        bar.done              #8CFFB0             256: 121         8: 2       bold
        bar.running           #9AD7FF             256: 117         8: 6       bold
        bar.forecast          #C4C4C4             256: 251                    bold
        bar.plan              #FFFFFF                                         bold
        bar.critical          #FFFFFF                                         bold
        bar.batch             #E0CCFF             256: 189         8: 6       bold
        bar.now               #FFFFFF                                         bold
        bar.failed            #FFB0A8             256: 217         8: 7 on 1  bold
        bar.off               #E0CCFF             256: 189         8: 7       bold

        """
}
