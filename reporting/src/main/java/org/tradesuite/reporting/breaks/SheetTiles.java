package org.tradesuite.reporting.breaks;

import java.util.HashMap;
import java.util.Map;

/** The figures at the head of a sheet. */
final class SheetTiles {

    private SheetTiles() {}

    /** @param namesAndValues the name of a figure, then the figure, and so on; at most seven */
    static Map<String, String> of(String... namesAndValues) {
        var tiles = new HashMap<String, String>();
        for (var place = 0; place * 2 < namesAndValues.length; place++) {
            tiles.put("tile" + place, namesAndValues[place * 2]);
            tiles.put("value" + place, namesAndValues[place * 2 + 1]);
        }
        return tiles;
    }
}
