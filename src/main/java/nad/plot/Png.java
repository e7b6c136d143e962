package nad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// A [Drawing] as PNG, on a light ground, with two pixels for one; needs no screen.
public final class Png {
    private static final int SCALE = 2;

    private Png() {}

    /// Java can draw no letters on this machine.
    public static final class NoFonts extends Exception {
        NoFonts(Throwable cause) {
            super(cause);
        }
    }

    public static byte[] of(Drawing d) throws NoFonts {
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(SCALE * d.width(), SCALE * d.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(SCALE, SCALE);
        requireFonts(g);
        for (Drawing.Mark m : d.marks()) paint(m, g);
        g.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without a font configuration, or the library that reads fonts, Java fails in one of these ways.
    private static void requireFonts(Graphics2D g) throws NoFonts {
        try {
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            g.getFontMetrics().stringWidth("x");
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new NoFonts(e);
        }
    }

    private static void paint(Drawing.Mark m, Graphics2D g) {
        switch (m) {
            case Drawing.Path p -> {
                color(g, p.ink());
                g.setStroke(new BasicStroke((float) p.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, p.dashed() ? new float[] {5, 4} : null, 0));
                for (double[] line : p.lines()) g.draw(path(line));
            }
            case Drawing.Box b -> {
                color(g, b.ink());
                g.fill(new Rectangle2D.Double(b.x(), b.y(), b.width(), b.height()));
            }
            case Drawing.Area a -> {
                color(g, a.ink());
                Path2D p = path(a.corners());
                p.closePath();
                g.fill(p);
            }
            case Drawing.Dot c -> {
                color(g, c.ink());
                Ellipse2D e = new Ellipse2D.Double(c.x() - c.radius(), c.y() - c.radius(), 2 * c.radius(), 2 * c.radius());
                if (!c.hollow()) g.fill(e);
                else {
                    g.setStroke(new BasicStroke(2));
                    g.draw(e);
                }
            }
            case Drawing.Text t -> text(t, g);
        }
    }

    private static void text(Drawing.Text t, Graphics2D g) {
        color(g, t.ink());
        g.setFont(new Font(Font.SANS_SERIF, t.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) t.size()));
        double width = g.getFontMetrics().getStringBounds(t.text(), g).getWidth();
        AffineTransform before = g.getTransform();
        g.translate(t.x(), t.y());
        if (t.upwards()) g.rotate(-Math.PI / 2);
        g.drawString(t.text(), (float) (t.anchor() == Drawing.Anchor.START ? 0 : t.anchor() == Drawing.Anchor.MIDDLE ? -width / 2 : -width), 0);
        g.setTransform(before);
    }

    private static void color(Graphics2D g, Ink ink) {
        g.setColor(Color.decode(ink.light));
    }

    private static Path2D path(double[] line) {
        Path2D p = new Path2D.Double();
        p.moveTo(line[0], line[1]);
        for (int k = 2; k < line.length; k += 2) p.lineTo(line[k], line[k + 1]);
        return p;
    }
}
