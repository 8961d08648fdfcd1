package dev.dsync.web;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Pictures to upload. */
final class Pictures {

    private Pictures() {}

    static byte[] png(int width, int height) throws IOException {
        return png(width, height, new Color(0x2a6fdb), new Color(0xf2a65a));
    }

    static byte[] png(int width, int height, Color top, Color bottom) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setPaint(new GradientPaint(0, 0, top, width / 3f, height, bottom));
        drawing.fillRect(0, 0, width, height);
        drawing.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
