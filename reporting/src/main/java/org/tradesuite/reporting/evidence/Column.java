package org.tradesuite.reporting.evidence;

/**
 * A column of a chapter.
 *
 * @param name in the file, and in the query that reads it
 * @param title on the page
 * @param width on the page, in points; zero for what only the file has
 */
record Column(String name, String title, int width, Align align) {

    enum Align {
        LEFT,
        RIGHT
    }

    static Column text(String name, String title, int width) {
        return new Column(name, title, width, Align.LEFT);
    }

    static Column number(String name, String title, int width) {
        return new Column(name, title, width, Align.RIGHT);
    }

    /** In the file only: the page would be too full of it. */
    static Column inFile(String name) {
        return new Column(name, "", 0, Align.LEFT);
    }

    boolean isOnPage() {
        return width > 0;
    }
}
