package org.tradesuite.reporting.document;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import net.sf.jasperreports.charts.JRChart;
import net.sf.jasperreports.charts.JRChartCustomizer;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.CategoryDataset;
import org.jspecify.annotations.Nullable;

/** Bars without ornament: flat, named in the template, a thin grid behind, the value at the end of each bar. */
public final class PlainChart implements JRChartCustomizer {

    private static final Color INK = new Color(0x33, 0x3F, 0x48);
    private static final Color GRID = new Color(0xD9, 0xDE, 0xE2);
    private static final Color[] BARS = {
        new Color(0x1F, 0x4E, 0x79), new Color(0x8F, 0xB4, 0xD9), new Color(0xC5, 0x5A, 0x11)
    };

    @Override
    public void customize(JFreeChart chart, JRChart element) {
        chart.setPadding(new RectangleInsets(2, 2, 2, 8));
        chart.setBackgroundPaint(Color.WHITE);
        if (chart.getLegend() != null) {
            chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
            chart.getLegend().setItemFont(new Font("DejaVu Sans", Font.PLAIN, 7));
        }
        if (!(chart.getPlot() instanceof CategoryPlot plot)) {
            return;
        }
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(GRID);
        plot.setRangeGridlineStroke(new BasicStroke(0.5f));
        plot.setRangeZeroBaselineVisible(true);
        plot.setRangeZeroBaselinePaint(INK);
        boolean whole = isWhole(plot.getDataset());
        DecimalFormat values =
                new DecimalFormat(whole ? "#,##0" : "#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
        DecimalFormat format = new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
        if (plot.getRangeAxis() instanceof NumberAxis axis) {
            axis.setNumberFormatOverride(format);
            if (whole) {
                axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
            }
            axis.setAxisLineVisible(false);
            axis.setTickMarksVisible(false);
            axis.setUpperMargin(0.18);
            axis.setLowerMargin(0.18);
            axis.setTickLabelPaint(INK);
        }
        plot.getDomainAxis().setAxisLineVisible(false);
        plot.getDomainAxis().setTickMarksVisible(false);
        plot.getDomainAxis().setTickLabelPaint(INK);
        if (plot.getRenderer() instanceof BarRenderer bars) {
            bars.setBarPainter(new StandardBarPainter());
            bars.setShadowVisible(false);
            bars.setDrawBarOutline(false);
            bars.setMaximumBarWidth(0.12);
            bars.setItemMargin(0.05);
            bars.setDefaultItemLabelsVisible(true);
            bars.setDefaultItemLabelFont(new Font("DejaVu Sans", Font.PLAIN, 6));
            bars.setDefaultItemLabelPaint(INK);
            bars.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", values));
            for (int series = 0; series < BARS.length; series++) {
                bars.setSeriesPaint(series, BARS[series]);
            }
        }
    }

    /** Counts have no decimals. A chart that is filled at the end of its document has no values yet, and is none of counts. */
    private static boolean isWhole(@Nullable CategoryDataset values) {
        if (values == null) {
            return false;
        }
        for (int row = 0; row < values.getRowCount(); row++) {
            for (int column = 0; column < values.getColumnCount(); column++) {
                Number value = values.getValue(row, column);
                if (value != null && value.doubleValue() != Math.rint(value.doubleValue())) {
                    return false;
                }
            }
        }
        return true;
    }
}
