package dev.dsync.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublicApiTest extends PublicApiContract {

    private static final String SEAM = "public interface a.Seam";
    private static final String PUT = "public abstract void a.Seam.put(int) throws java.io.IOException";

    @Test
    void whatIsGoneOrMustBeImplementedIsNamed() {
        assertThat(PublicApi.incompatible(List.of(SEAM, PUT), List.of(SEAM))).containsExactly("gone: " + PUT);
        assertThat(PublicApi.incompatible(List.of(SEAM), List.of(SEAM, PUT)))
                .containsExactly("must be implemented now: " + PUT);
    }

    @Test
    void whatIsNewBreaksNobody() {
        String added = "public default void a.Seam.take(int)";
        assertThat(PublicApi.incompatible(List.of(SEAM), List.of(SEAM, added, "public interface a.New")))
                .isEmpty();
        assertThat(PublicApi.incompatible(List.of(), List.of(SEAM, PUT))).isEmpty();
    }
}
