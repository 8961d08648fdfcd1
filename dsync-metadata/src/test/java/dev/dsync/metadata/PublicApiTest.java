package dev.dsync.metadata;

import dev.dsync.architecture.PublicApiContract;

class PublicApiTest extends PublicApiContract {}
