"""The compare screen: two reports side by side, their conflicts marked, judged from the keyboard.

The screen is `widgets.compare.screen`; the modules under it that say what stands where know no screen.
"""
