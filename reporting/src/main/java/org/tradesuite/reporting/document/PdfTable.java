package org.tradesuite.reporting.document;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plain table as a part of a document: a heading that comes again on each page, rows as high as their longest text,
 * every other one shaded. What it is made of is said in a list instead of a template, so that a chapter is a list of
 * columns.
 */
public final class PdfTable {

    /**
     * @param width in points
     * @param right whether it is a number
     */
    public record Column(String title, int width, boolean right) {}

    private static final int HEAD = 30;
    private static final int ROW = 13;

    private PdfTable() {}

    /** @param name of the table, unique in its document */
    public static PdfTemplate of(String name, List<Column> columns) {
        var width = columns.stream().mapToInt(Column::width).sum();
        var fields = new StringBuilder();
        var head = new StringBuilder();
        var row = new StringBuilder();
        var x = 0;
        for (var place = 0; place < columns.size(); place++) {
            var column = columns.get(place);
            fields.append("<field name=\"c").append(place).append("\" class=\"java.lang.String\"/>\n");
            head.append(
                    """
                    <element kind="staticText" x="%d" y="2" width="%d" height="%d" style="%s"><text><![CDATA[%s]]></text></element>
                    """.formatted(x, column.width(), HEAD - 2, column.right() ? "headRight" : "head", column.title()));
            row.append("""
                <element kind="textField" x="%d" y="0" width="%d" height="%d" stretchType="ContainerHeight" textAdjust="StretchHeight" style="%s" blankWhenNull="true"><expression><![CDATA[$F{c%d}]]></expression></element>
                """.formatted(x, column.width(), ROW, column.right() ? "rowRight" : "row", place));
            x += column.width();
        }
        return PdfTemplate.of(name, """
            <?xml version="1.0" ?>
            <jasperReport name="%s" language="java" pageWidth="%d" pageHeight="595" columnWidth="%d" leftMargin="0" rightMargin="0" topMargin="0" bottomMargin="0" whenNoDataType="AllSectionsNoDetail">
                <style name="text" default="true" forecolor="#333F48" vTextAlign="Middle" fontName="DejaVu Sans" fontSize="6.5"/>
                <style name="head" style="text" fontSize="6.5" bold="true" forecolor="#FFFFFF" backcolor="#1F4E79" mode="Opaque"><box leftPadding="5" rightPadding="2"/></style>
                <style name="headRight" style="head" hTextAlign="Right"/>
                <style name="row" style="text">
                    <box leftPadding="5" rightPadding="2" topPadding="1" bottomPadding="1"/>
                    <conditionalStyle mode="Opaque" backcolor="#F2F5F8"><conditionExpression><![CDATA[$V{REPORT_COUNT} %% 2 == 0]]></conditionExpression></conditionalStyle>
                </style>
                <style name="rowRight" style="row" hTextAlign="Right">
                    <box leftPadding="5" rightPadding="2" topPadding="1" bottomPadding="1"/>
                    <conditionalStyle mode="Opaque" backcolor="#F2F5F8"><conditionExpression><![CDATA[$V{REPORT_COUNT} %% 2 == 0]]></conditionExpression></conditionalStyle>
                </style>
                %s
                <columnHeader height="%d">%s</columnHeader>
                <detail><band height="%d" splitType="Prevent">%s</band></detail>
            </jasperReport>
            """.formatted(name, width, width, fields, HEAD, head, ROW, row));
    }

    /**
     * A table under its heading, for a template that has such sections as its rows.
     *
     * @param empty what stands there instead when there is no row
     * @param rows their texts as they are printed, in the order of the columns
     */
    public static Map<String, ?> section(
            String heading, String note, String empty, PdfTemplate table, List<List<String>> rows) {
        return Map.of(
                "heading",
                heading,
                "note",
                note,
                "empty",
                empty,
                "filled",
                !rows.isEmpty(),
                "table",
                table.asPart(),
                "rows",
                PdfTemplate.source(rows.stream().map(PdfTable::row).toList()));
    }

    private static Map<String, ?> row(List<String> texts) {
        Map<String, Object> row = new HashMap<>();
        for (var place = 0; place < texts.size(); place++) {
            row.put("c" + place, texts.get(place));
        }
        return row;
    }
}
