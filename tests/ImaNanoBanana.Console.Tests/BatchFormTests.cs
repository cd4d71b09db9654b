using ImaNanoBanana.Cli.Batch;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The forms of a batch file, and its mistakes, which are reported together before anything is sent.</summary>
public sealed class BatchFormTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Fact]
    public async Task A_text_file_has_a_prompt_on_each_line()
    {
        await WriteAsync("list.txt", "a cat, black\r\n\r\n  一只小狗 \r\na cat, black");

        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt"));

        Assert.Equal(["a cat, black", "a cat, black", "一只小狗"], Prompts);
    }

    [Fact]
    public async Task A_table_has_the_fields_as_columns()
    {
        await WriteAsync(
            "list.csv",
            "\uFEFFPrompt,Size,aspect ratio,count,max_credits,allow_smaller,images,parameters,output\r\n"
                + "a cat,2K,16:9,2,20,true,,\"{\"\"seed\"\": 7}\",cats/\r\n"
                + "\"a \"\"big\"\" dog,\r\nin the snow\",,,,,,one.png; https://example.com/2.png,,dog,,\r\n"
                + ",,,,,,,,\r\n".TrimStart(','));
        await File.WriteAllBytesAsync(
            Path.Combine(_ima.Folder, "one.png"), TemplateTests.OnePixel, TestContext.Current.CancellationToken);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.csv", "-o", "out"));

        Assert.Equal(["a \"big\" dog,\nin the snow", "a cat"], Prompts);
        _ima.Service.Ledger.ShouldHaveCharged(26);
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "out", "dog.png")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_ima.Folder, "out", "cats")).Length);
        var create = _ima.Service.Requests.Single(
            request => request.Endpoint == "create" && request.Body.Contains("a cat", StringComparison.Ordinal));
        Assert.Contains("\"seed\":7", create.Body.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    public async Task Other_separators_are_recognized(string separator)
    {
        await WriteAsync("list.csv", $"size{separator}prompt\n{separator}a cat, black\n2K{separator}a dog\n");

        Assert.Equal(0, await _ima.RunAsync("batch", "list.csv"));

        Assert.Equal(["a cat, black", "a dog"], Prompts);
        _ima.Service.Ledger.ShouldHaveCharged(16);
    }

    [Theory]
    [InlineData("list.txt", "{\"prompt\":\"a cat\"}")]
    [InlineData("list.csv", "\n{\"prompt\":\"a cat\"}")]
    [InlineData("list", "{\"prompt\":\"a cat\"}")]
    [InlineData("list.csv", "a cat", "--format", "txt")]
    [InlineData("list", "prompt\na cat", "--format", "csv")]
    [InlineData("list.CSV", "prompt\na cat")]
    public async Task The_form_depends_on_the_option_then_on_the_text_then_on_the_name(string name, string text, params string[] more)
    {
        await WriteAsync(name, text);

        Assert.Equal(0, await _ima.RunAsync(["batch", name, .. more]));

        Assert.Equal(["a cat"], Prompts);
    }

    /// <summary>The key belongs to what is requested, so the form of the file, its output and its sequence do not matter.</summary>
    [Fact]
    public async Task The_same_batch_in_another_form_is_not_charged_again()
    {
        await WriteAsync("list.jsonl", "{\"prompt\":\"a cat\",\"size\":\"2K\"}\n{\"prompt\":\"a dog\"}\n{\"prompt\":\"a dog\"}");
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));

        await WriteAsync("list.csv", "output,prompt,size\none,a dog,\ntwo,a cat,2k\nthree,a dog,\n");
        Assert.Equal(0, await _ima.RunAsync("batch", "list.csv", "-o", "out"));

        Assert.Equal(["a cat", "a dog", "a dog"], Prompts);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_ima.Folder, "out")).Length);
    }

    /// <summary>A batch that an earlier version of the program started.</summary>
    [Fact]
    public async Task A_key_from_the_text_of_a_line_is_still_known()
    {
        const string line = """{"prompt":"a cat"}""";
        var key = new BatchKeys("list").FromText(line);
        Assert.Equal(0, await _ima.RunAsync("generate", "a cat", "--idempotency-key", key));

        await WriteAsync("list.jsonl", line + "\n" + line);
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));

        Assert.Equal(2, _ima.Service.Charges.Count);
        Assert.Contains(key, _ima.Out, StringComparison.Ordinal);
    }

    /// <summary>The budget is a limit for the batch, however often it is run.</summary>
    [Fact]
    public async Task A_budget_counts_earlier_runs()
    {
        await WriteAsync("list.txt", "one\ntwo\nthree");

        Assert.Equal(3, await _ima.RunAsync("batch", "list.txt", "--budget", "12", "--concurrency", "1"));
        Assert.Equal(3, await _ima.RunAsync("batch", "list.txt", "--budget", "12", "--concurrency", "1"));
        _ima.Service.Ledger.ShouldHaveCharged(12);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt", "--budget", "18"));
        _ima.Service.Ledger.ShouldHaveCharged(18);
    }

    [Fact]
    public async Task All_mistakes_are_reported_at_once_without_the_names_of_types()
    {
        await WriteAsync(
            "list.jsonl",
            """
            {"prompt":"a cat"}
            {"promt":"a dog"}

            not JSON
            {"prompt":"a bird","size":4}
            {"prompt":"a fish","images":["missing.png"]}
            {"prompt":"a fox","count":"two"}
            {"prompt":"a hen","output":"../hen"}
            {"prompt":"","max_credits":6}
            """);

        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl"));

        var lines = _ima.Error.TrimEnd().Split('\n');
        Assert.Equal(
            ["Line 2", "Line 4", "Line 5", "Line 6", "Line 7", "Line 8", "Line 9"], lines.SkipLast(1).Select(line => line.Split(": ")[0]));
        Assert.Equal("Nothing was submitted. Correct these 7 lines and run the command again.", lines[^1]);
        Assert.Contains("Did you mean 'prompt'?", lines[0], StringComparison.Ordinal);
        Assert.Contains("missing.png' does not exist", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain("ImaNanoBanana", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter '", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);

        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.StartsWith("第 2 行：没有名为“promt”的字段", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch("[A-Za-z]+ [a-z]{2,} [a-z]{2,}", _ima.Error);
    }

    [Theory]
    [InlineData("list.csv", "promt,size\na cat,2K", "Line 1: it must name the columns")]
    [InlineData("list.csv", "prompt,siez\na cat,2K", "Line 1: 'siez' is not a field. Did you mean 'size'?")]
    [InlineData("list.csv", "prompt,prompt\na,b", "Line 1: two columns have the name 'prompt'.")]
    [InlineData("list.csv", "prompt\na cat, black", "Line 2: it has 2 cells for 1 columns.")]
    [InlineData("list.csv", "prompt\n5\" screen\na dog", "Line 2: its quotation marks are not complete.")]
    [InlineData("list.csv", "prompt\n\"a cat\" black\na dog", "Line 2: its quotation marks are not complete.")]
    [InlineData("list.csv", "prompt,max_credits\na cat,\"1,5\"", "Line 2: 'max_credits' must be a number")]
    [InlineData("list.csv", "prompt,count\na cat,1.5", "Line 2: 'count' must be a whole number")]
    [InlineData("list.csv", "prompt,size\n,2K", "Line 2: 'prompt' is missing.")]
    [InlineData("list.csv", "prompt,allow_smaller\na cat,maybe", "Line 2: 'allow_smaller' must be true or false")]
    [InlineData("list.csv", "prompt,parameters\na cat,seed=7", "Line 2: 'parameters' must be a JSON object")]
    [InlineData("list.txt", "a cat\n{\"prompt\":\"a dog\"}", "Line 2: it looks like JSON")]
    [InlineData("list.txt", "a cat\n# animals", "Line 2: it begins with '#'")]
    [InlineData("list.txt", " #animals\na cat", "Line 1: it begins with '#'")]
    [InlineData("list.txt", "", "The batch is empty.")]
    [InlineData("list.csv", "prompt\n", "The batch is empty.")]
    [InlineData("list.jsonl", "{\"prompt\":\"a cat\",\"prompt\":\"a dog\"}", "Line 1: a field is given twice.")]
    [InlineData("list.jsonl", "a cat", "Line 1: it is not a JSON object.")]
    public async Task A_mistake_is_named_and_nothing_is_sent(string name, string text, string expected)
    {
        await WriteAsync(name, text);

        Assert.Equal(2, await _ima.RunAsync("batch", name));

        Assert.StartsWith(expected, _ima.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was submitted", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);
    }

    /// <summary>Comments would be charged as prompts. A prompt that begins so can still be written.</summary>
    [Fact]
    public async Task A_prompt_that_begins_with_a_number_sign_is_given_as_json()
    {
        await WriteAsync("list.txt", "# animals");
        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        Assert.Equal(2, await _ima.RunAsync("batch", "list.txt"));
        Assert.StartsWith("第 1 行：以“#”开头，但文本文件没有注释", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);

        await WriteAsync("list.txt", "{\"prompt\":\"# animals\"}");
        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt"));
        Assert.Equal(["# animals"], Prompts);
    }

    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData("a, b ,", "a|b|")]
    [InlineData("\"a,\"\"b\"\"\" , c", "a,\"b\"|c")]
    [InlineData("\"\",x", "|x")]
    [InlineData("\" a \"", " a ")]
    [InlineData("\"a\nb\",c", "a\nb|c")]
    public void Cells_are_read(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Assert.Single(CsvRecords.Read(text.Split('\n'), ',')).Cells!));

    public void Dispose() => _ima.Dispose();

    private IEnumerable<string> Prompts => _ima.Service.Charges.Select(charge => charge.Prompt).Order(StringComparer.Ordinal);

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_ima.Folder, name), text, TestContext.Current.CancellationToken);
}
