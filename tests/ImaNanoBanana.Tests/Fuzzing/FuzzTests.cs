using System.Text;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>Generated bad answers to the public client, the same ones on every run.</summary>
public class FuzzTests
{
    private const int MostShown = 5;

    [Fact]
    public async Task Bad_answers_end_in_a_result_or_a_typed_error_and_never_in_a_second_submission()
    {
        var (number, left) = FuzzSettings.OnlyCase is { } only ? (only, 1) : (0, FuzzSettings.Count);
        var failures = new List<string>();
        for (; left > 0 && failures.Count < MostShown; number++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            using var one = new FuzzCase(FuzzSettings.RandomOf(FuzzSettings.Seed, number));
            if (await one.RunAsync() is { } wrong)
            {
                failures.Add($"IMA_FUZZ_SEED={FuzzSettings.Seed} IMA_FUZZ_CASE={number}: {wrong}{Environment.NewLine}  {one}");
            }

            left -= FuzzSettings.OnlyCase is null ? one.Answers : left;
        }

        Assert.True(failures.Count == 0, new StringBuilder().AppendLine().AppendJoin(Environment.NewLine, failures).ToString());
    }
}
