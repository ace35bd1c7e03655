// Made by scripts/make-themes.py.
extension Theme {
    static let textDark = """
        # For dark rooms and most terminals. docs/themes.md explains the lines.
        background            #0D1117             256: 233
        plain                 #DDE3E9             256: 254
        strong                #FFFFFF                                         bold
        waiting               #93A0AD             256: 247
        head                  #FFFFFF on #243140  256: 231 on 236             bold
        head.note             #BAC7D3 on #243140  256: 251 on 236
        good                  #6FD58F             256: 78          8: 2
        moving                #7CBBFF             256: 111         8: 6
        act                   #FFB938             256: 215         8: 3       bold
        bad                   #FF8A80             256: 210         8: 7 on 1  bold
        off                   #CDA8F7             256: 183         8: 7
        doubt                 #F7EBB0 on #453F1E  256: 230 on 58   8: 0 on 6
        tile.good             #CFF5DC on #133F29  256: 194 on 22   8: 0 on 2
        tile.moving           #E1F0FF on #16508C  256: 195 on 25   8: 7 on 4  bold
        tile.act              #000000 on #FFB000  256: 16 on 214   8: 0 on 3  bold
        tile.bad              #FFFFFF on #B3141B  256: 231 on 124  8: 7 on 1  bold
        tile.off              #DCC4FA on #2D2142  256: 183 on 236  8: 0 on 7
        tile.act.quiet        #FFC861 on #1C2733  256: 221 on 235  8: 3       bold
        tile.bad.quiet        #FFA79F on #1C2733  256: 217 on 235  8: 7 on 1  bold
        tile.good.quiet       #6FD58F on #1C2733  256: 78 on 235   8: 2
        tile.waiting          #B4C0CB on #1C2733  256: 250 on 235
        time.home             #C2DBF5             256: 153
        time.other            #F3D2B5             256: 223
        clock.home            #E4F1FF             256: 255                    bold
        clock.other           #FFE7D1             256: 230                    bold
        rule                  #7A8894             256: 244
        key                   #0D1117 on #BAC7D3  256: 233 on 251  8: 0 on 7  bold
        key.word              #BAC7D3             256: 251
        strip                 #FFFFFF on #243140  256: 231 on 236             bold
        strip.note            #BAC7D3 on #243140  256: 251 on 236
        mode.live             #0D1117 on #FFFFFF  256: 233 on 231  8: 0 on 7  bold
        mode.rehearsal        #D9C6FF on #3B2A5C  256: 189 on 54   8: 0 on 6  bold
        mode.rehearsal.hatch  #A893D6 on #3B2A5C  256: 183 on 54   8: 0 on 6
        mode.not.live         #DDE3E9             256: 254                    bold
        mode.replay           #0D1117 on #8FE0DA  256: 233 on 116  8: 0 on 2  bold
        cursor                #0D1117 on #FFFFFF  256: 233 on 231  8: 0 on 7  bold
        band.calm.tab         #FFFFFF on #1E6B41  256: 231 on 22   8: 0 on 2  bold
        band.calm             #FFFFFF on #12261C  256: 231 on 234             bold
        band.calm.note        #B9D8C6 on #12261C  256: 152 on 234
        band.moving.tab       #FFFFFF on #1B5FAE  256: 231 on 25   8: 4 on 7  bold
        band.moving           #FFFFFF on #102A4A  256: 231 on 17   8: 7 on 4  bold
        band.moving.note      #B6D2F0 on #102A4A  256: 153 on 17   8: 7 on 4
        band.act.tab          #FFC23D on #2B1D00  256: 214 on 234  8: 3 on 0  bold
        band.act              #000000 on #FFB000  256: 16 on 214   8: 0 on 3  bold
        band.act.note         #2B1D00 on #FFB000  256: 233 on 214  8: 0 on 3
        band.blocked.tab      #FFFFFF on #5C0009  256: 231 on 52   8: 7 on 0  bold
        band.blocked          #FFFFFF on #B3141B  256: 231 on 124  8: 7 on 1  bold
        band.blocked.note     #FFE3E0 on #B3141B  256: 224 on 124  8: 7 on 1
        band.silent.tab       #F7EBB0 on #5A5226  256: 230 on 58   8: 6 on 0  bold
        band.silent           #FFFFFF on #332F18  256: 231 on 236  8: 0 on 6  bold
        band.silent.note      #F7EBB0 on #332F18  256: 223 on 236  8: 0 on 6
        bar.done              #5E8F74             256: 66          8: 2
        bar.running           #3D8BE0             256: 68          8: 6
        bar.forecast          #7C8A97             256: 245
        bar.plan              #DDE3E9             256: 254
        bar.critical          #FFFFFF                                         bold
        bar.batch             #8D72B8             256: 140         8: 6
        bar.now               #FFFFFF                                         bold
        bar.failed            #E5484D             256: 167         8: 7 on 1  bold
        bar.off               #9A7CC8             256: 140         8: 7

        """
}
