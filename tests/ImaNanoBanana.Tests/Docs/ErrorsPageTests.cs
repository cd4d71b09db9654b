using System.Globalization;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The tables of docs/errors.md say what the code does.</summary>
public class ErrorsPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "errors.md"));

    [Fact]
    public void Every_kind_is_listed_with_its_charge_its_retry_and_its_advice() => Assert.Equal(
        Enum.GetValues<ImaErrorKind>().Select(kind =>
        {
            var exception = new ImaException(kind, "text");
            return $"{kind} | {Word(exception.Charge)} | {exception.RetryGuidance} | {Advice(exception)}";
        }),
        Table("kind").Select(cells => $"{cells[0]} | {cells[2]} | {cells[3]} | {cells[4]} | {cells[5]}"));

    [Fact]
    public async Task Every_code_ends_as_the_page_says()
    {
        var rows = Table("code");

        Assert.Equal(["400", "401", "403", "429", "500", "4008", "4014", "6006", "6009", "6010"], rows.Select(cells => cells[0]));
        foreach (var cells in rows)
        {
            var exception = await RefusedAsync(int.Parse(cells[0], CultureInfo.InvariantCulture));
            Assert.Equal($"{exception.Code} | {exception.Kind} | {Advice(exception)}", $"{cells[0]} | {cells[1]} | {cells[3]} | {cells[4]}");
        }
    }

    [Fact]
    public void Every_refusal_is_listed() =>
        Assert.Equal(Enum.GetNames<ImaRefusal>(), Table("refusal").Select(cells => cells[0]));

    [Fact]
    public void Every_row_has_a_cause() =>
        Assert.All(Table("kind").Concat(Table("refusal")), cells => Assert.True(cells[1].Length > 10, $"{cells[0]} has no cause."));

    private static async Task<ImaException> RefusedAsync(int code)
    {
        var time = new ManualTimeProvider();
        using var handler = new ScriptedHandler().With("create", (200, $$"""{"code":{{code}},"message":"no"}"""));
        using var client = TestClient.Patient(handler, time);
        var work = Assert.ThrowsAsync<ImaException>(() => client.StartAsync(new ImageRequest("a puppy")));
        await time.RunAsync(work, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return await work;
    }

    private static string Advice(ImaException exception) => $"{Cell(exception.GetAdvice())} | {Cell(exception.GetAdvice(ImaLanguage.Chinese))}";

    private static string Cell(ImaAdvice advice) => advice.Suggestion.Length == 0 ? advice.Reason : $"{advice.Reason} / {advice.Suggestion}";

    private static string Word(ImaCharge charge) => Small(charge.ToString());

    private static string Small(string word) => char.ToLowerInvariant(word[0]) + word[1..];

    private static List<string[]> Table(string firstColumn) =>
    [
        .. Lines.SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries).Select(cell => cell.Trim('`')).ToArray()),
    ];
}
