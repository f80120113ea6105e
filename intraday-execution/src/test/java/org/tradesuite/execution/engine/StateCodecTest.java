package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.market.Side;

/** The state written down and read back. */
class StateCodecTest {

    private final StateCodec codec = new StateCodec();
    private final DeskStory desk = new DeskStory();

    private byte[] written(State state) throws IOException {
        var out = new ByteArrayOutputStream();
        codec.write(state.content(), out);
        return out.toByteArray();
    }

    private State read(byte[] bytes) throws IOException {
        return new State(codec.read(new ByteArrayInputStream(bytes)));
    }

    private void aDay() {
        desk.buys("D1", "1000");
        desk.acknowledges("OD1-1-1");
        desk.fills("OD1-1-1", "300", "100.01", "X1");
        desk.fills("OD1-1-1", "200", "100.02", "X2");
        desk.busts("OD1-1-1", "X1");
        desk.fills("nobody-1-1", "5", "99", "X3");
        desk.buys("D2", "400", "99.5");
        desk.rejects("OD2-1-1");
        desk.amends("OD2", "300", "99.6");
        desk.decides("D3", Side.SELL, "5000", null, Algo.TWAP, desk.now.plus(Duration.ofMinutes(30)));
        desk.decides("D4", Side.SELL, "5000", null, Algo.VWAP, desk.now.plus(Duration.ofMinutes(30)));
        desk.later(Duration.ofMinutes(11));
        desk.cancels("OD3");
    }

    @Test
    void what_is_read_back_is_written_the_same_way_again() throws IOException {
        aDay();
        desk.closes();
        desk.later(Duration.ofMinutes(5));
        var bytes = written(desk.desk.state());
        assertThat(written(read(bytes))).isEqualTo(bytes);
    }

    @Test
    void the_state_read_back_goes_on_as_the_one_that_was_written() throws IOException {
        aDay();
        var again = read(written(desk.desk.state()));
        var before = desk.journal.size();
        desk.fills("OD1-1-1", "500", "100.03", "X4");
        desk.busts("OD1-1-1", "X2");
        desk.buys("D5", "10");
        desk.closes();
        desk.journal.subList(before, desk.journal.size()).forEach(again::apply);
        assertThat(codec.digest(again.content()))
                .isEqualTo(codec.digest(desk.desk.state().content()));
    }

    @Test
    void a_digest_tells_two_states_apart() {
        desk.buys("D1", "1000");
        var before = codec.digest(desk.desk.state().content());
        assertThat(codec.digest(desk.desk.state().content())).isEqualTo(before);
        desk.fills("OD1-1-1", "1", "100.01", "X1");
        assertThat(codec.digest(desk.desk.state().content())).isNotEqualTo(before);
    }

    @Test
    void content_is_of_its_moment() {
        desk.buys("D1", "1000");
        desk.fills("OD1-1-1", "1", "100.01", "X1");
        var content = desk.desk.state().content();
        var before = codec.digest(content);
        aDayLater();
        assertThat(codec.digest(content)).isEqualTo(before);
    }

    private void aDayLater() {
        desk.fills("OD1-1-1", "2", "100.02", "X2");
        desk.busts("OD1-1-1", "X1");
        desk.buys("D2", "10");
        desk.closes();
    }

    @Test
    void a_damaged_writing_is_refused() throws IOException {
        aDay();
        var bytes = written(desk.desk.state());
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length / 2))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("goes on where it should end");
        Arrays.fill(bytes, bytes.length / 3, bytes.length, (byte) 0xFF);
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class);
    }

    /** Whoever adds something to the state is told here that a snapshot has to have it too. */
    @Test
    void nothing_the_state_knows_is_missing_from_its_content() {
        assertThat(Arrays.stream(State.class.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(Field::getName))
                .containsExactlyInAnyOrderElementsOf(java.util.stream.Stream.concat(
                                Arrays.stream(State.Content.class.getRecordComponents())
                                        .map(RecordComponent::getName),
                                java.util.stream.Stream.of("touched"))
                        .toList());
    }
}
