import itertools
import time


def main():
    for count in itertools.count(1):
        print(f"tick {count}")
        time.sleep(1)


if __name__ == "__main__":
    main()
