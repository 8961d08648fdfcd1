package dev.dsync.web;

import dev.dsync.catalog.Version;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import io.javalin.http.Context;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/thumbnail}: a picture made small. Large ones are read thinned out, never whole, and only a few at a time;
 * the last ones made are kept.
 */
final class Thumbnails {

    /** Twice the size it is shown in, for sharp screens. */
    private static final int SIDE = 96;

    /** Larger files are not worth the way. */
    private static final long MOST_BYTES = 32L << 20;

    private static final int MOST_AT_ONCE = 2;

    /** Some 5 kB each. */
    private static final int MOST_KEPT = 1000;

    private final VaultDoor door;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);
    private final Map<String, byte[]> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST_KEPT;
        }
    };

    Thumbnails(VaultDoor door) {
        this.door = door;
    }

    void send(Context context) throws IOException, InterruptedException {
        RelativePath path = Paths.required(context);
        try (VaultDoor.Lease lease =
                door.lease().orElseThrow(() -> ApiException.notFound("unknown_path", "nothing is stored yet"))) {
            Version version =
                    History.file(lease.vault().catalog(), path, Paths.number(context, "version"), Paths.at(context));
            String digest = version.sha256().map(Object::toString).orElseThrow();
            Conditions conditions = new Conditions("\"thumbnail-" + digest + '"', version.modified());
            conditions.tell(context);
            context.header("Cache-Control", "private, no-cache");
            if (conditions.unchangedFor(context)) {
                context.status(304);
                return;
            }
            context.contentType("image/png").result(thumbnail(lease.vault(), version, digest));
        }
    }

    private byte[] thumbnail(Vault vault, Version version, String digest) throws IOException, InterruptedException {
        byte[] known = known(digest);
        if (known != null) {
            return known;
        }
        if (version.size() > MOST_BYTES) {
            throw none(version);
        }
        turns.acquire();
        try {
            byte[] made = make(vault, version).orElseThrow(() -> none(version));
            synchronized (kept) {
                kept.put(digest, made);
            }
            return made;
        } finally {
            turns.release();
        }
    }

    private byte @Nullable [] known(String digest) {
        synchronized (kept) {
            return kept.get(digest);
        }
    }

    private static ApiException none(Version version) {
        return ApiException.notFound("no_thumbnail", "no thumbnail can be made of " + version.path());
    }

    private static Optional<byte[]> make(Vault vault, Version version) throws IOException {
        try (InputStream in = Channels.newInputStream(vault.content(version).channel());
                ImageInputStream image = new MemoryCacheImageInputStream(in)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(image);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(image, true, true);
                ImageReadParam thinned = reader.getDefaultReadParam();
                int step = Math.max(1, Math.min(reader.getWidth(0), reader.getHeight(0)) / (2 * SIDE));
                // A picture may claim any size: what is kept of it is bounded in both directions.
                step = Math.max(step, Math.max(reader.getWidth(0), reader.getHeight(0)) / (16 * SIDE));
                thinned.setSourceSubsampling(step, step, 0, 0);
                return Optional.of(png(square(reader.read(0, thinned))));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                // Damaged pictures fail in all sorts of ways.
                return Optional.empty();
            } finally {
                reader.dispose();
            }
        }
    }

    /** The middle of it, in the size wanted. */
    private static BufferedImage square(BufferedImage picture) {
        int side = Math.min(picture.getWidth(), picture.getHeight());
        int left = (picture.getWidth() - side) / 2;
        int top = (picture.getHeight() - side) / 2;
        BufferedImage small = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
        Graphics2D drawing = small.createGraphics();
        drawing.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        drawing.drawImage(picture, 0, 0, SIDE, SIDE, left, top, left + side, top + side, null);
        drawing.dispose();
        return small;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
