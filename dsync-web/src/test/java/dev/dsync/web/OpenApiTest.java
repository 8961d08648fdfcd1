package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {

    @TempDir
    Path home;

    @Test
    void documentDescribesEveryAddressAndNoOther() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(home)) {
            JsonNode document = dashboard.get("/openapi.json").is(200).json();
            Set<String> described = new TreeSet<>();
            document.get("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(
                                    method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
            Set<String> served = dashboard.dashboard().routes().stream()
                    .map(route -> route.method() + " " + route.path())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(described).isEqualTo(served);
            document.findValues("$ref")
                    .forEach(reference -> assertThat(
                                    document.at(reference.asText().substring(1)).isObject())
                            .as(reference.asText())
                            .isTrue());
        }
    }
}
