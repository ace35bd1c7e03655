// Made by scripts/make-themes.py.
extension Theme {
    static let textLight = """
        # For bright rooms. docs/themes.md explains the lines.
        background            #FBFAF7             256: 231
        plain                 #24292E             256: 235
        strong                #000000             256: 16                     bold
        waiting               #5A636B             256: 241
        head                  #000000 on #D3DCE4  256: 16 on 253              bold
        head.note             #3A4650 on #D3DCE4  256: 238 on 253
        good                  #1B6E3A             256: 22          8: 0
        moving                #0B57A8             256: 25          8: 4
        act                   #8A4B00             256: 94          8: 0 on 3  bold
        bad                   #B3141B             256: 124         8: 1       bold
        off                   #6B3FA0             256: 55          8: 0
        doubt                 #4A3F00 on #EFE3A0  256: 58 on 229   8: 0 on 6
        tile.good             #0E4A26 on #CDEBD6  256: 22 on 194   8: 0 on 2
        tile.moving           #FFFFFF on #1B5FAE  256: 231 on 25   8: 7 on 4  bold
        tile.act              #000000 on #FFB000  256: 16 on 214   8: 0 on 3  bold
        tile.bad              #FFFFFF on #B3141B  256: 231 on 124  8: 7 on 1  bold
        tile.off              #45256F on #E4D8F5  256: 54 on 225   8: 7 on 0
        tile.act.quiet        #7A4100 on #E6EBF0  256: 94 on 255   8: 0 on 3  bold
        tile.bad.quiet        #A01018 on #E6EBF0  256: 124 on 255  8: 1       bold
        tile.good.quiet       #17602F on #E6EBF0  256: 22 on 255   8: 0
        tile.waiting          #4C565F on #E6EBF0  256: 240 on 255
        time.home             #1F4E79             256: 24          8: 0
        time.other            #7A3E12             256: 94          8: 0
        clock.home            #0F3B66             256: 17          8: 0       bold
        clock.other           #6B3208             256: 52          8: 0       bold
        rule                  #626D77             256: 242
        key                   #FFFFFF on #3F4D5A  256: 231 on 239  8: 7 on 0  bold
        key.word              #3F4D5A             256: 239
        strip                 #000000 on #D3DCE4  256: 16 on 253              bold
        strip.note            #3A4650 on #D3DCE4  256: 238 on 253
        mode.live             #FFFFFF on #14181C  256: 231 on 234  8: 7 on 0  bold
        mode.rehearsal        #3A1F6B on #DCCBFA  256: 54 on 183   8: 0 on 6  bold
        mode.rehearsal.hatch  #5F4494 on #DCCBFA  256: 55 on 183   8: 0 on 6
        mode.not.live         #24292E             256: 235                    bold
        mode.replay           #FFFFFF on #0F6B66  256: 231 on 23   8: 0 on 2  bold
        cursor                #FFFFFF on #000000  256: 231 on 16   8: 7 on 0  bold
        band.calm.tab         #FFFFFF on #1E6B41  256: 231 on 22   8: 0 on 2  bold
        band.calm             #0B2A18 on #DFF2E5  256: 16 on 194              bold
        band.calm.note        #2F5A40 on #DFF2E5  256: 22 on 194
        band.moving.tab       #FFFFFF on #1B5FAE  256: 231 on 25   8: 4 on 7  bold
        band.moving           #0B2240 on #C4DBF5  256: 17 on 153   8: 7 on 4  bold
        band.moving.note      #28476B on #C4DBF5  256: 18 on 153   8: 7 on 4
        band.act.tab          #FFC23D on #2B1D00  256: 214 on 234  8: 3 on 0  bold
        band.act              #000000 on #FFB000  256: 16 on 214   8: 0 on 3  bold
        band.act.note         #2B1D00 on #FFB000  256: 233 on 214  8: 0 on 3
        band.blocked.tab      #FFFFFF on #5C0009  256: 231 on 52   8: 7 on 0  bold
        band.blocked          #FFFFFF on #B3141B  256: 231 on 124  8: 7 on 1  bold
        band.blocked.note     #FFE3E0 on #B3141B  256: 224 on 124  8: 7 on 1
        band.silent.tab       #F7EBB0 on #5A5226  256: 230 on 58   8: 6 on 0  bold
        band.silent           #2B2607 on #E3D88F  256: 16 on 187   8: 0 on 6  bold
        band.silent.note      #4A431A on #E3D88F  256: 58 on 187   8: 0 on 6
        bar.done              #3F7A58             256: 22          8: 0
        bar.running           #1B6AC2             256: 25          8: 4
        bar.forecast          #66717B             256: 242
        bar.plan              #24292E             256: 235
        bar.critical          #000000             256: 16                     bold
        bar.batch             #7A55B0             256: 97          8: 0
        bar.now               #000000             256: 16                     bold
        bar.failed            #C4232B             256: 160         8: 1       bold
        bar.off               #6B3FA0             256: 55          8: 0

        """
}
