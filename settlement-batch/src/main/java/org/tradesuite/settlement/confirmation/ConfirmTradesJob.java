package org.tradesuite.settlement.confirmation;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;
import org.tradesuite.settlement.confirmation.Judgement.Held;
import org.tradesuite.settlement.confirmation.Judgement.Ready;
import org.tradesuite.settlement.standing.StandingInstructions;

/**
 * Job confirm-trades: every trade of the business date becomes an obligation that is ready to instruct, settled at its
 * venue, or held with an exception.
 *
 * <p>Input: execution's confirmed trades, reference data, approved standing instructions. Output: obligations and
 * exceptions. After: execution has closed the date. Rerun: goes on with the trades not taken yet; trades held on any
 * earlier date, and instructions rejected since, are judged again each time.
 */
@Configuration(proxyBeanMethods = false)
class ConfirmTradesJob {

    static final String NAME = "confirm-trades";
    private static final int TRADES_PER_TRANSACTION = 500;

    @Bean(NAME)
    Job confirmTrades(JobRepository repository, Step takeTrades, Step judgeHeldTradesAgain) {
        return new JobBuilder(NAME, repository)
                .start(takeTrades)
                .next(judgeHeldTradesAgain)
                .build();
    }

    @Bean
    Step takeTrades(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Obligations obligations,
            StandingInstructions standing) {
        return new StepBuilder("take-trades", repository)
                .tasklet(
                        (contribution, context) -> {
                            var businessDate = RunParameters.businessDate(context);
                            Progress.expect(context, () -> obligations.countNotTaken(businessDate));
                            var trades = obligations.notTaken(businessDate, TRADES_PER_TRANSACTION);
                            if (trades.isEmpty()) {
                                return RepeatStatus.FINISHED;
                            }
                            var approved = standing.approved();
                            List<Judgement> judgements = trades.stream()
                                    .map(trade -> Judgement.of(trade, approved))
                                    .toList();
                            obligations.take(businessDate, trades, judgements);
                            Progress.moved(contribution, trades.size());
                            return RepeatStatus.CONTINUABLE;
                        },
                        transactions)
                .build();
    }

    @Bean
    Step judgeHeldTradesAgain(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Obligations obligations,
            StandingInstructions standing) {
        return new StepBuilder("judge-held-trades-again", repository)
                .tasklet(
                        (contribution, context) -> {
                            var businessDate = RunParameters.businessDate(context);
                            var unfinished = obligations.unfinished(businessDate).stream()
                                    .collect(Collectors.toMap(
                                            Obligations.Unfinished::tradeId, Function.identity(), (a, b) -> a));
                            var approved = standing.approved();
                            for (var trade : obligations.trades(List.copyOf(unfinished.keySet()))) {
                                var before = unfinished.get(trade.tradeId());
                                var judgement = Judgement.of(trade, approved);
                                if (before != null && isNews(before, judgement)) {
                                    obligations.judgeAgain(trade, judgement, before.streamVersion() + 1, businessDate);
                                    Progress.moved(contribution, 1);
                                }
                            }
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    /** A rejected instruction is only sent again once something about it has changed: its standing instruction. */
    private static boolean isNews(Obligations.Unfinished before, Judgement judgement) {
        return switch (judgement) {
            case Ready(var standing) ->
                !before.isRejected() || !standing.toString().equals(before.standing());
            case Held held -> !before.isRejected() && !held.kind().name().equals(before.kind());
            case Judgement.SettledAtVenue _ -> !before.isRejected();
        };
    }
}
