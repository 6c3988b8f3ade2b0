package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final Pipeline pipeline = new Pipeline();
    private final List<String> done = new ArrayList<>();

    @Test
    void aTaskThatATaskBringsRunsAfterItInTheSameThread() {
        Thread caller = Thread.currentThread();

        pipeline.execute(() -> {
            pipeline.execute(() -> {
                pipeline.execute(() -> done.add("third"));
                done.add("second in " + (Thread.currentThread() == caller ? "the caller" : "another thread"));
            });
            done.add("first");
        });

        assertThat(done).containsExactly("first", "second in the caller", "third");
    }

    @Test
    void aTaskThatFailsLeavesNothingForTheNextBatch() {
        assertThatThrownBy(() -> pipeline.execute(() -> {
                    pipeline.execute(() -> done.add("of the failed one"));
                    throw new IllegalStateException("failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        pipeline.execute(() -> done.add("of the next one"));

        assertThat(done).containsExactly("of the next one");
    }
}
