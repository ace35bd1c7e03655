// Made by scripts/make-themes.py.
extension Theme {
    static let textColourBlindSafe = """
        # Told apart by lightness first, then by blue against yellow and red against cyan: for protanopia,
        # deuteranopia and tritanopia, which a test simulates. docs/themes.md explains the lines.
        background            #101418             256: 233
        plain                 #DADDE0             256: 253
        strong                #FFFFFF                                         bold
        waiting               #98A1A9             256: 247
        head                  #FFFFFF on #29323C  256: 231 on 236             bold
        head.note             #C2CAD2 on #29323C  256: 251 on 236
        good                  #84908C             256: 245         8: 2
        moving                #3F88FF             256: 69          8: 6
        act                   #F0E442             256: 227         8: 3       bold
        bad                   #F96A4E             256: 203         8: 7 on 1  bold
        off                   #D3B3FF             256: 183         8: 7
        doubt                 #FFF6C0 on #55501F  256: 230 on 58   8: 0 on 6
        tile.good             #DCEBE6 on #2C3A38  256: 254 on 237  8: 0 on 2
        tile.moving           #FFFFFF on #0A4FB8  256: 231 on 25   8: 7 on 4  bold
        tile.act              #000000 on #F0E442  256: 16 on 227   8: 0 on 3  bold
        tile.bad              #000000 on #E8613C  256: 16 on 202   8: 7 on 1  bold
        tile.off              #2A1646 on #C9A8F5  256: 16 on 183   8: 0 on 7
        tile.act.quiet        #F0E442 on #1C2733  256: 227 on 235  8: 3       bold
        tile.bad.quiet        #FF8A6E on #1C2733  256: 209 on 235  8: 7 on 1  bold
        tile.good.quiet       #A3AFAB on #1C2733  256: 248 on 235  8: 2
        tile.waiting          #B4C0CB on #1C2733  256: 250 on 235
        time.home             #BFD6EA             256: 152
        time.other            #E6D8B4             256: 187
        clock.home            #E4F1FF             256: 255                    bold
        clock.other           #FFF0D0             256: 230                    bold
        rule                  #7D868E             256: 244
        key                   #101418 on #C2CAD2  256: 233 on 251  8: 0 on 7  bold
        key.word              #C2CAD2             256: 251
        strip                 #FFFFFF on #29323C  256: 231 on 236             bold
        strip.note            #C2CAD2 on #29323C  256: 251 on 236
        mode.live             #101418 on #FFFFFF  256: 233 on 231  8: 0 on 7  bold
        mode.rehearsal        #E4D6FF on #3B2A5C  256: 189 on 54   8: 0 on 6  bold
        mode.rehearsal.hatch  #A893D6 on #3B2A5C  256: 183 on 54   8: 0 on 6
        mode.not.live         #DADDE0             256: 253                    bold
        mode.replay           #000000 on #5FA8D8  256: 16 on 74    8: 0 on 2  bold
        cursor                #101418 on #FFFFFF  256: 233 on 231  8: 0 on 7  bold
        band.calm.tab         #FFFFFF on #4E5B58  256: 231 on 240  8: 0 on 2  bold
        band.calm             #FFFFFF on #1A2120  256: 231 on 234             bold
        band.calm.note        #C3CFCB on #1A2120  256: 251 on 234
        band.moving.tab       #000000 on #6FB1FF  256: 16 on 75    8: 4 on 7  bold
        band.moving           #FFFFFF on #0A3C92  256: 231 on 18   8: 7 on 4  bold
        band.moving.note      #CBE0FF on #0A3C92  256: 189 on 18   8: 7 on 4
        band.act.tab          #F0E442 on #2B2600  256: 227 on 234  8: 3 on 0  bold
        band.act              #000000 on #F0E442  256: 16 on 227   8: 0 on 3  bold
        band.act.note         #2B2600 on #F0E442  256: 233 on 227  8: 0 on 3
        band.blocked.tab      #5C0009 on #FFFFFF  256: 52 on 231   8: 1 on 7  bold
        band.blocked          #000000 on #E8613C  256: 16 on 202   8: 7 on 1  bold
        band.blocked.note     #1A0500 on #E8613C  256: 16 on 202   8: 7 on 1
        band.silent.tab       #101418 on #BDB56A  256: 16 on 143   8: 6 on 0  bold
        band.silent           #FFFFFF on #5A5418  256: 231 on 58   8: 0 on 6  bold
        band.silent.note      #FFF6C0 on #5A5418  256: 230 on 58   8: 0 on 6
        bar.done              #84908C             256: 245         8: 2
        bar.running           #3F88FF             256: 69          8: 6
        bar.forecast          #C2CAD2             256: 251
        bar.plan              #FFFFFF
        bar.critical          #FFFFFF                                         bold
        bar.batch             #D3B3FF             256: 183         8: 6
        bar.now               #FFFFFF                                         bold
        bar.failed            #F96A4E             256: 203         8: 7 on 1  bold
        bar.off               #D3B3FF             256: 183         8: 7

        """
}
