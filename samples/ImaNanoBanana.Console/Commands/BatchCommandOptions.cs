using System.CommandLine;
using ImaNanoBanana.Cli.Batch;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>Defines the options that only a batch has.</summary>
internal sealed class BatchCommandOptions
{
    /// <summary>The limit of the SDK for the prefix of idempotency keys.</summary>
    public const int LongestName = 156;

    private const decimal MostCredits = 1_000_000_000;

    /// <summary>The limit of the SDK.</summary>
    private const int MostAtOnce = 1000;

    public BatchCommandOptions(Wording say)
    {
        Budget = new("--budget")
        {
            HelpName = "N",
            Description = say["maximum credits of the batch; earlier runs count", "整个批次最多消耗的积分；包括之前的运行"],
            CustomParser = result =>
                NumberOption.Read(result, 0m, MostCredits, say["--budget must be a number of 0 or more.", "--budget 的值必须是不小于 0 的数字。"]),
        };
        Concurrency = new("--concurrency")
        {
            HelpName = "N",
            Description = say["number of images at the same time (default 4)", "同时生成的图片数量（默认 4）"],
            CustomParser = result =>
                NumberOption.Read(result, 1, MostAtOnce, say["--concurrency must be 1 to 1000.", "--concurrency 的取值范围为 1 到 1000。"]),
        };
        Format = new("--format")
        {
            HelpName = "jsonl|csv|txt",
            Description = say["form of the file; default: depends on its name", "文件格式；默认根据文件名确定"],
        };
        Format.AcceptOnlyFromAmong(BatchFormats.JsonLines, BatchFormats.Csv, BatchFormats.Text);
        Name = new("--name")
        {
            HelpName = "NAME",
            Description = say[
                "name of the batch; another name submits the lines again; default: the file name", "批次名称；更换名称会重新提交并再次扣费。默认为文件名"],
        };
    }

    public Option<decimal?> Budget { get; }

    public Option<int?> Concurrency { get; }

    public Option<string> Format { get; }

    public Option<string> Name { get; }
}
