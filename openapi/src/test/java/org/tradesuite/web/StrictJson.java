package org.tradesuite.web;

import tools.jackson.databind.json.JsonMapper;

/** The mapper that the applications read bodies with. */
public final class StrictJson {

    private StrictJson() {}

    public static JsonMapper mapper() {
        JsonMapper.Builder json = JsonMapper.builder();
        new StrictBodies().customize(json);
        return json.build();
    }
}
