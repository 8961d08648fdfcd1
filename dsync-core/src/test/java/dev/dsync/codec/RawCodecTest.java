package dev.dsync.codec;

final class RawCodecTest extends CodecContract {

    @Override
    protected Codec codec() {
        return new RawCodec();
    }
}
