package dev.dsync.catalog;

import dev.dsync.storage.TargetId;
import java.util.List;
import java.util.Optional;

/** Targets the vault has used, remembered whether or not they are configured today. */
public interface Targets {

    /** All of them, by id, with what lies on each. */
    List<KnownTarget> all();

    /** One of them. */
    Optional<KnownTarget> find(TargetId target);

    /** Remembers a target as active if it is new; a target known as retired stays retired. */
    void remember(TargetId target);

    /** Sets whether what lies on a target counts. */
    void set(TargetId target, KnownTarget.State state);
}
