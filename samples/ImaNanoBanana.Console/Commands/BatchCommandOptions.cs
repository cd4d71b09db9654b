using System.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>The options that only a batch has.</summary>
internal sealed class BatchCommandOptions
{
    private const decimal MostCredits = 1_000_000_000;

    /// <summary>What the SDK takes.</summary>
    private const int MostAtOnce = 1000;

    public BatchCommandOptions(Wording say)
    {
        Budget = new("--budget")
        {
            HelpName = "N",
            Description = say["spend at most so many credits in this run", "本次运行最多消耗的积分"],
            CustomParser = result =>
                NumberOption.Read(result, 0m, MostCredits, say["--budget takes a number of 0 or more.", "--budget 的取值为不小于 0 的数字。"]),
        };
        Concurrency = new("--concurrency")
        {
            HelpName = "N",
            Description = say["how many images at once (4)", "同时生成的图片数量（4）"],
            CustomParser = result =>
                NumberOption.Read(result, 1, MostAtOnce, say["--concurrency takes 1 to 1000.", "--concurrency 的取值为 1 到 1000。"]),
        };
        Name = new("--name")
        {
            HelpName = "NAME",
            Description = say["the batch; another name buys the lines again. Default: the file's name", "批次名称；换名会重新购买。默认为文件名"],
        };
    }

    public Option<decimal?> Budget { get; }

    public Option<int?> Concurrency { get; }

    public Option<string> Name { get; }
}
