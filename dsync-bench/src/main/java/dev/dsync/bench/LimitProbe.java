package dev.dsync.bench;

import dev.dsync.codec.Codec;
import dev.dsync.codec.CodecId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.stream.Stream;

/** Measures {@link Limits}, one step after the other on the same bytes, so that each is timed alone. */
final class LimitProbe {

    private static final int BLOCK_BYTES = 1 << 20;

    /** So much goes through each step before it counts: by then everything is compiled. */
    private static final int WARM_UP_BLOCKS = 64;

    /** More content than this does not make the figures better; reading goes over all of it. */
    private static final long MOST_PROCESSED_BYTES = 512L << 20;

    private final MessageDigest digest;
    private final Codec codec = Samples.codec(CodecId.ZSTD);
    private final BareAesGcm cipher = new BareAesGcm();
    private final byte[] block = new byte[BLOCK_BYTES];
    private long files;
    private long bytesRead;
    private long bytesProcessed;
    private long readingNanos;
    private long digestNanos;
    private long codecNanos;
    private long cipherNanos;

    private LimitProbe() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Limits measure(Path corpus) throws IOException {
        LimitProbe probe = new LimitProbe();
        probe.warmUp();
        try (Stream<Path> tree = Files.walk(corpus)) {
            Iterator<Path> paths = tree.iterator();
            while (paths.hasNext()) {
                Path path = paths.next();
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    probe.take(path);
                }
            }
        }
        return probe.limits();
    }

    private void warmUp() {
        System.arraycopy(Samples.text(BLOCK_BYTES, 12), 0, block, 0, BLOCK_BYTES);
        for (int i = 0; i < WARM_UP_BLOCKS; i++) {
            process(BLOCK_BYTES);
        }
        bytesProcessed = 0;
        digestNanos = 0;
        codecNanos = 0;
        cipherNanos = 0;
    }

    private void take(Path file) throws IOException {
        files++;
        long started = System.nanoTime();
        try (InputStream in = Files.newInputStream(file)) {
            int length = in.readNBytes(block, 0, BLOCK_BYTES);
            readingNanos += System.nanoTime() - started;
            while (length > 0) {
                bytesRead += length;
                if (bytesProcessed < MOST_PROCESSED_BYTES) {
                    process(length);
                }
                started = System.nanoTime();
                length = length < BLOCK_BYTES ? 0 : in.readNBytes(block, 0, BLOCK_BYTES);
                readingNanos += System.nanoTime() - started;
            }
        }
    }

    private void process(int length) {
        bytesProcessed += length;
        long start = System.nanoTime();
        digest.update(block, 0, length);
        long digested = System.nanoTime();
        codec.encode(ByteBuffer.wrap(block, 0, length));
        long encoded = System.nanoTime();
        cipher.seal(block, 0, length);
        long sealed = System.nanoTime();
        digestNanos += digested - start;
        codecNanos += encoded - digested;
        cipherNanos += sealed - encoded;
    }

    private Limits limits() {
        return new Limits(
                files,
                bytesRead,
                perSecond(bytesRead, readingNanos),
                perSecond(bytesProcessed, digestNanos),
                perSecond(bytesProcessed, codecNanos),
                perSecond(bytesProcessed, cipherNanos));
    }

    static double perSecond(long amount, long nanos) {
        return nanos == 0 ? 0 : amount * 1e9 / nanos;
    }
}
