namespace ImaNanoBanana.Console.Tests;

/// <summary>Standard output fails before or after a charge.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly CliRun _ima = new();

    /// <summary>After the charge, the id is written to standard error, whatever output was requested.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0, "--json")]
    [InlineData(0, "-o", "picture.png")]
    [InlineData(2, "--narrate")]
    [InlineData(2, "--narrate", "--json")]
    public async Task The_id_of_a_charged_task_is_on_standard_error(int lines, params string[] more)
    {
        _ima.Output = new FullWriter(lines);

        Assert.Equal(7, await _ima.RunAsync(["generate", "a puppy", .. more]));

        var task = Assert.Single(_ima.Service.Charges).TaskId!;
        Assert.Contains($"  ima watch {task}", _ima.Error.Split('\n'));
        Assert.Contains("Could not write to standard output: No space left on device", _ima.Error, StringComparison.Ordinal);
    }

    /// <summary>A failed task keeps its own exit code, and its report is written to standard error.</summary>
    [Fact]
    public async Task A_failure_is_reported_on_standard_error()
    {
        _ima.Service.Balance = 0;
        _ima.Output = new FullWriter(0);

        Assert.Equal(3, await _ima.RunAsync("generate", "a puppy", "--json"));

        Assert.Contains("Not enough credits", _ima.Error, StringComparison.Ordinal);
    }

    /// <summary>A batch stops, and the charged tasks are reported.</summary>
    [Fact]
    public async Task A_batch_stops_if_its_results_cannot_be_reported()
    {
        _ima.Input = "{\"prompt\":\"one\"}\n{\"prompt\":\"two\"}\n{\"prompt\":\"three\"}\n";
        _ima.Output = new FullWriter(0);

        Assert.Equal(7, await _ima.RunAsync("batch", "-", "--concurrency", "1"));

        Assert.Contains(_ima.Service.Charges[0].TaskId!, _ima.Error, StringComparison.Ordinal);
        Assert.InRange(_ima.Service.Charges.Count, 1, 2);
    }

    /// <summary>Nothing is charged if it could not be reported.</summary>
    [Theory]
    [InlineData("models")]
    [InlineData("models", "--json")]
    [InlineData("--list-models")]
    [InlineData("doctor")]
    [InlineData("quote", "a puppy")]
    [InlineData("generate", "a puppy", "--narrate")]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task Nothing_is_charged_if_output_fails_before_the_submission(params string[] args)
    {
        _ima.Output = new FullWriter(0);

        Assert.Equal(7, await _ima.RunAsync(args));
        Assert.Empty(_ima.Service.Charges);
    }

    public void Dispose() => _ima.Dispose();

    /// <summary>A disk that is full after some lines.</summary>
    private sealed class FullWriter(int lines) : StringWriter
    {
        private int _written;

        public override void Write(char value) => Fail();

        public override void Write(string? value) => Fail();

        public override void WriteLine() => Fail();

        public override void WriteLine(string? value)
        {
            if (++_written > lines)
            {
                Fail();
            }
        }

        private static void Fail() => throw new IOException("No space left on device");
    }
}
