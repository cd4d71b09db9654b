using System.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>Defines the options that only a batch has.</summary>
internal sealed class BatchCommandOptions
{
    private const decimal MostCredits = 1_000_000_000;

    /// <summary>The limit of the SDK.</summary>
    private const int MostAtOnce = 1000;

    public BatchCommandOptions(Wording say)
    {
        Budget = new("--budget")
        {
            HelpName = "N",
            Description = say["maximum credits to spend in this run", "本次运行最多消耗的积分"],
            CustomParser = result =>
                NumberOption.Read(result, 0m, MostCredits, say["--budget must be a number of 0 or more.", "--budget 的值必须是不小于 0 的数字。"]),
        };
        Concurrency = new("--concurrency")
        {
            HelpName = "N",
            Description = say["number of images at the same time (default 4)", "同时生成的图片数量（4）"],
            CustomParser = result =>
                NumberOption.Read(result, 1, MostAtOnce, say["--concurrency must be 1 to 1000.", "--concurrency 的取值范围为 1 到 1000。"]),
        };
        Name = new("--name")
        {
            HelpName = "NAME",
            Description = say[
                "name of the batch; another name submits the lines again; default: the file name", "批次名称；更换名称会重新提交并再次扣费。默认为文件名"],
        };
    }

    public Option<decimal?> Budget { get; }

    public Option<int?> Concurrency { get; }

    public Option<string> Name { get; }
}
